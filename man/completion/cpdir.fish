# Completion of cpdir(1) for fish.
set -l commands find show area text terminal

complete -c cpdir -f
complete -c cpdir -l db -r -F -d 'use this directory file'
complete -c cpdir -l lang -x -a 'km en' -d language
complete -c cpdir -l plain -d 'line mode, for screen readers'
complete -c cpdir -l theme -x -a 'colour mono contrast' -d colours
complete -c cpdir -l script -x -a 'km both latin' -d 'letters of names'
complete -c cpdir -l painter -x -a 'auto text konsole osc66 kitty sixel' -d 'how Khmer is drawn'
complete -c cpdir -l help -d 'show help'
complete -c cpdir -l version -d 'show the version'

complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a find -d 'search for services'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a show -d 'show one service'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a area -d 'show an area'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a text -d 'change Khmer text'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a terminal -d 'how Khmer is drawn here'

complete -c cpdir -n '__fish_seen_subcommand_from find show area' -l format -x -a 'text tsv json' -d 'how to write'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l area -x -d 'only for this area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l located -d 'only services located in the area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l covering -d 'only services that serve all of the area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l type -x -d 'only this kind or group of services'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l need -x -a 'N1 N2 N3 N4 N5 N6 N7 N8 N9 N10 N11 N12 N13 N14' -d 'only services for this need'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l tier -x -a '1 2 3' -d 'only services of this tier'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l age -x -d 'only services for this age'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l sex -x -a 'f m' -d 'only services for girls or boys'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l status -x -a 'active inactive temporarily_closed closed all' -d 'only services of this status'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l open -x -a 'now 24h' -d 'only services open now, or 24 hours'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l sector -x -a 'government ngo international community working_group' -d 'only services of this sector'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l level -x -a 'commune district province nation' -d 'only services for areas of this level'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l confirmed -x -a 'yes no' -d 'only confirmed services, or the others'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l disability -d 'only services for children with a disability'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l facets -d 'count kinds, places and tiers instead'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l limit -x -d 'show at most so many'
complete -c cpdir -n '__fish_seen_subcommand_from text' -a 'normalize key syllables words romanize wrap width sort' -d filter
