# Completion of cpdir(1) for bash.
_cpdir()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= words= i
    local global='--db --training --lang --plain --theme --script --painter --help --version'
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        find | show | area | text | add | set | close | verify | merge | undo | redo | history | due | coverage | pathway | plan | who | group | meeting | scenarios | scenario | gaps | rules | alerts | alert | emergency | duplicates | proposals | approve | reject | review | person | backup | restore | check | reset | pin | terminal)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    COMPREPLY=()
    case $before in
    --db | --pin-file | --new-pin-file | --rules)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --lang) words='km en' ;;
    --theme) words='colour mono contrast' ;;
    --script) words='km both latin' ;;
    --painter) words='auto text konsole osc66 kitty sixel' ;;
    --format)
        words='text tsv json'
        [ "$command" != coverage ] || words='text tsv json html'
        ;;
    --tier) words='1 2 3' ;;
    --sex) words='f m' ;;
    --open) words='now 24h' ;;
    --need) words='N1 N2 N3 N4 N5 N6 N7 N8 N9 N10 N11 N12 N13 N14' ;;
    --sector) words='government ngo international community working_group' ;;
    --level) words='commune district province nation' ;;
    --confirmed) words='yes no' ;;
    --role) words='viewer editor approver trainer' ;;
    --method) words='phone visit letter message' ;;
    --result) words='still_right changed not_reached closed' ;;
    --status) words='active inactive temporarily_closed closed all' ;;
    --name | --office | --reason | --note | --seen | --area | --type | --output | --age | --limit | --as-of | --against) return ;;
    *)
        case $command in
        find) words="$global --area --located --covering --type --need --tier --output --age --sex --status --open --sector --level --confirmed --disability --facets --limit --as-of --format" ;;
        show) words="$global --unlock --pin-file --as-of --format" ;;
        area) words="$global --as-of --format" ;;
        pin) words="$global --pin-file --new-pin-file officials focal_person" ;;
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
        add) words="$global --unlock --pin-file --reason --dry-run --format organization program service location service_at_location service_area phone contact schedule language accessibility capacity area_alert term_link" ;;
        set) words="$global --unlock --pin-file --seen --reason --dry-run --format" ;;
        close) words="$global --unlock --pin-file --seen --reason --format" ;;
        verify) words="$global --unlock --pin-file --method --result --note --seen --reason --format" ;;
        merge) words="$global --reason --dry-run --format" ;;
        undo | redo | reject) words="$global --reason --format" ;;
        history) words="$global --unlock --pin-file --format" ;;
        due) words="$global --area --limit --sheet --format" ;;
        pathway) words="$global --need --area --age --sex --disability --hours --open --tier --rules --as-of --format" ;;
        plan) words="$global --area --as-of --format" ;;
        who) words="$global --area --type --as-of --format" ;;
        group) words="$global --area --as-of --format" ;;
        meeting) words="$global --area --since --rules --format" ;;
        coverage) words="$global --area --as-of --against --rank --rules --format" ;;
        scenarios) words="$global --check --format" ;;
        scenario) words=$global ;;
        gaps) words="$global --area --format" ;;
        rules) words="$global copy --rules --format" ;;
        alerts) words="$global all --area --as-of --format" ;;
        alert) words="$global suspend restore end --reason --dry-run --format" ;;
        emergency) words="$global --area --rules --as-of --format" ;;
        duplicates) words="$global --area --limit --format off on" ;;
        proposals) words="$global --area --format" ;;
        approve) words="$global --reason --anyway --format" ;;
        review) words="$global --format on off" ;;
        person) words="$global --name --office --role --area --format" ;;
        text) words="$global normalize key syllables words romanize wrap width sort" ;;
        terminal) words=$global ;;
        *) words="$global find show area text add set close verify merge undo redo history due coverage pathway plan who group meeting scenarios scenario gaps rules alerts alert emergency duplicates proposals approve reject review person backup restore check pin terminal" ;;
        esac
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _cpdir cpdir
