# Completion of cpdir(1) for fish.
set -l commands find show area text backup restore check terminal

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
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a backup -d 'copy the directory'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a restore -d 'put a copy back'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a check -d 'see whether all is whole'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a terminal -d 'how Khmer is drawn here'

complete -c cpdir -n '__fish_seen_subcommand_from find show area' -l as-of -x -d 'as it was at the end of that day'
complete -c cpdir -n '__fish_seen_subcommand_from backup' -l list -d 'list the copies there are'
complete -c cpdir -n '__fish_seen_subcommand_from backup restore' -F
complete -c cpdir -n '__fish_seen_subcommand_from check' -l repair -d 'make tables and index again from the log'

complete -c cpdir -n '__fish_seen_subcommand_from find show area backup check' -l format -x -a 'text tsv json' -d 'how to write'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l area -x -d 'only for this area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l located -d 'only services located in the area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l covering -d 'only services that serve all of the area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l type -x -d 'only this kind or group of services'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l tier -x -a '1 2 3' -d 'only services of this tier'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l age -x -d 'only services for this age'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l sex -x -a 'f m' -d 'only services for girls or boys'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l status -x -a 'active inactive temporarily_closed closed all' -d 'only services of this status'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l open -x -a 24h -d 'only services open 24 hours'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l limit -x -d 'show at most so many'
complete -c cpdir -n '__fish_seen_subcommand_from text' -a 'normalize key syllables words wrap width sort' -d filter
