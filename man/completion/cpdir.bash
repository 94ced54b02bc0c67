# Completion of cpdir(1) for bash.
_cpdir()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= words= i
    local global='--db --lang --plain --theme --script --painter --help --version'
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        find | show | area | text | terminal)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    COMPREPLY=()
    case $before in
    --db)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --lang) words='km en' ;;
    --theme) words='colour mono contrast' ;;
    --script) words='km both latin' ;;
    --painter) words='auto text konsole osc66 kitty sixel' ;;
    --format) words='text tsv json' ;;
    --tier) words='1 2 3' ;;
    --sex) words='f m' ;;
    --open) words='now 24h' ;;
    --need) words='N1 N2 N3 N4 N5 N6 N7 N8 N9 N10 N11 N12 N13 N14' ;;
    --sector) words='government ngo international community working_group' ;;
    --level) words='commune district province nation' ;;
    --confirmed) words='yes no' ;;
    --status) words='active inactive temporarily_closed closed all' ;;
    --area | --type | --age | --limit) return ;;
    *)
        case $command in
        find) words="$global --area --located --covering --type --need --tier --age --sex --status --open --sector --level --confirmed --disability --facets --limit --format" ;;
        show | area) words="$global --format" ;;
        text) words="$global normalize key syllables words romanize wrap width sort" ;;
        terminal) words=$global ;;
        *) words="$global find show area text terminal" ;;
        esac
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _cpdir cpdir
