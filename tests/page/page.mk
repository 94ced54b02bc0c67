# `make page`: the pages the program makes, in a browser. Included by the Makefile.
PAGE_WORDS := $(BUILD)/rel/tests/page/words

$(PAGE_WORDS): $(PAGE_WORDS).o $(BUILD)/rel/tests/tui/font_reference.o $(BUILD)/rel/libi18n.a
	@$(say) "  LD  $@"
	$(Q)$(CC) $(rel_link) $^ $(TUI_LIBS) $(I18N_LIBS) -o $@

.PHONY: page packages-page
packages-page:
	@.ci/packages install page
page: packages-page $(BUILD)/cpdir $(PAGE_WORDS) ## open the pages the program makes in Chromium, on a telephone's screen and on A4
	@tests/page/run $(BUILD)
