# Completion of cpdir(1) for bash.
_cpdir()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= words= i
    local global='--db --lang --plain --theme --script --painter --help --version'
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        find | show | area | text | backup | restore | check | terminal)
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
    --open) words='24h' ;;
    --status) words='active inactive temporarily_closed closed all' ;;
    --area | --type | --age | --limit | --as-of) return ;;
    *)
        case $command in
        find) words="$global --area --located --covering --type --tier --age --sex --status --open --limit --as-of --format" ;;
        show | area) words="$global --as-of --format" ;;
        backup)
            words="$global --list --format"
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; compgen -f -- "$word")
            return
            ;;
        restore)
            mapfile -t COMPREPLY < <(compgen -W "$global" -- "$word"; compgen -f -- "$word")
            return
            ;;
        check) words="$global --repair --format" ;;
        text) words="$global normalize key syllables words wrap width sort" ;;
        terminal) words=$global ;;
        *) words="$global find show area text backup restore check terminal" ;;
        esac
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _cpdir cpdir
