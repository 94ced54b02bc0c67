# Completion of cpdir(1) for fish.
set -l commands find show area text add set close verify merge undo redo history due duplicates proposals approve reject review person backup restore check terminal

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
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a add -d 'add an entry'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a set -d 'change fields of an entry'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a close -d 'close an entry'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a verify -d 'write down what a service said'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a merge -d 'make one entry of two'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a undo -d 'take back a save'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a redo -d 'do it again'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a history -d 'what was changed'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a due -d 'what is to be confirmed'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a duplicates -d 'services that may be the same'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a proposals -d 'changes that wait'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a approve -d 'approve a proposal'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a reject -d 'reject a proposal'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a review -d 'areas whose changes wait'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a person -d 'who is at the keyboard'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a backup -d 'copy the directory'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a restore -d 'put a copy back'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a check -d 'see whether all is whole'
complete -c cpdir -n "not __fish_seen_subcommand_from $commands" -a terminal -d 'how Khmer is drawn here'

complete -c cpdir -n '__fish_seen_subcommand_from find show area' -l as-of -x -d 'as it was at the end of that day'
complete -c cpdir -n '__fish_seen_subcommand_from backup' -l list -d 'list the copies there are'
complete -c cpdir -n '__fish_seen_subcommand_from backup restore' -F
complete -c cpdir -n '__fish_seen_subcommand_from check' -l repair -d 'make tables and index again from the log'

complete -c cpdir -n '__fish_seen_subcommand_from find show area backup check add set close verify merge undo redo history due duplicates proposals approve reject review person' -l format -x -a 'text tsv json' -d 'how to write'
complete -c cpdir -n '__fish_seen_subcommand_from find due duplicates proposals person' -l area -x -d 'only for this area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l located -d 'only services located in the area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l covering -d 'only services that serve all of the area'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l type -x -d 'only this kind or group of services'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l tier -x -a '1 2 3' -d 'only services of this tier'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l age -x -d 'only services for this age'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l sex -x -a 'f m' -d 'only services for girls or boys'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l status -x -a 'active inactive temporarily_closed closed all' -d 'only services of this status'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l open -x -a 24h -d 'only services open 24 hours'
complete -c cpdir -n '__fish_seen_subcommand_from find' -l facets -d 'count kinds, places and tiers instead'
complete -c cpdir -n '__fish_seen_subcommand_from find due duplicates' -l limit -x -d 'show at most so many'
complete -c cpdir -n '__fish_seen_subcommand_from text' -a 'normalize key syllables words romanize wrap width sort' -d filter
complete -c cpdir -n '__fish_seen_subcommand_from add' -a 'organization program service location service_at_location service_area phone contact schedule language accessibility capacity area_alert term_link' -d kind
complete -c cpdir -n '__fish_seen_subcommand_from add set close verify merge undo redo approve reject' -l reason -x -d 'why it is changed'
complete -c cpdir -n '__fish_seen_subcommand_from set close verify' -l seen -x -d 'the version that show printed'
complete -c cpdir -n '__fish_seen_subcommand_from add set merge' -l dry-run -d 'check everything and write nothing'
complete -c cpdir -n '__fish_seen_subcommand_from verify' -l method -x -a 'phone visit letter message' -d how
complete -c cpdir -n '__fish_seen_subcommand_from verify' -l result -x -a 'still_right changed not_reached closed' -d 'what came out'
complete -c cpdir -n '__fish_seen_subcommand_from verify' -l note -x -d 'what was said'
complete -c cpdir -n '__fish_seen_subcommand_from approve' -l anyway -d 'although a field was changed'
complete -c cpdir -n '__fish_seen_subcommand_from due' -l sheet -d 'a sheet to print'
complete -c cpdir -n '__fish_seen_subcommand_from review' -a 'on off'
complete -c cpdir -n '__fish_seen_subcommand_from person' -l name -x -d 'name of the person'
complete -c cpdir -n '__fish_seen_subcommand_from person' -l office -x -d 'office of the person'
complete -c cpdir -n '__fish_seen_subcommand_from person' -l role -x -a 'viewer editor approver trainer' -d 'role of the person'
