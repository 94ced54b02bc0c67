# What `make install` puts where; uninstall removes the same list.
install_list = $(bindir)/cpdir $(bindir)/cpdir-window \
    $(addprefix $(datadir)/man/,man1/cpdir.1 man1/cpdir-window.1 man5/cpdir.5 km/man1/cpdir.1 km/man5/cpdir.5) \
    $(datadir)/bash-completion/completions/cpdir \
    $(datadir)/zsh/site-functions/_cpdir \
    $(datadir)/fish/vendor_completions.d/cpdir.fish \
    $(datadir)/applications/cpdir.desktop \
    $(datadir)/icons/hicolor/scalable/apps/cpdir.svg

$(bindir)/cpdir: $(BUILD)/cpdir
	install -D -m 755 $< $@
$(bindir)/cpdir-window: man/cpdir-window
	install -D -m 755 $< $@
$(datadir)/man/man1/cpdir.1: man/cpdir.1
$(datadir)/man/man1/cpdir-window.1: man/cpdir-window.1
$(datadir)/man/man5/cpdir.5: man/cpdir.5
$(datadir)/man/km/man1/cpdir.1: man/km/cpdir.1
$(datadir)/man/km/man5/cpdir.5: man/km/cpdir.5
$(datadir)/bash-completion/completions/cpdir: man/completion/cpdir.bash
$(datadir)/zsh/site-functions/_cpdir: man/completion/_cpdir
$(datadir)/fish/vendor_completions.d/cpdir.fish: man/completion/cpdir.fish
$(datadir)/applications/cpdir.desktop: man/cpdir.desktop
$(datadir)/icons/hicolor/scalable/apps/cpdir.svg: man/cpdir.svg
$(filter-out $(bindir)/%,$(install_list)):
	install -D -m 644 $< $@

install: $(install_list) ## install under DESTDIR and PREFIX (/usr/local)

uninstall: ## remove what install put there
	rm -f $(install_list)
	@for f in $(install_list); do d=$$(dirname $$f); \
	    while [ "$$d" != "$(DESTDIR)$(PREFIX)" ] && [ "$$d" != / ]; do \
	        rmdir "$$d" 2>/dev/null || break; d=$$(dirname $$d); done; done
