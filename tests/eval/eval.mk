# `make eval`: how good search is, beside FTS5 and LIKE. Included by the Makefile.
EVAL := $(BUILD)/rel/tests/eval

$(EVAL)/eval: $(patsubst %.c,$(BUILD)/rel/%.o,$(wildcard tests/eval/*.c)) $(BUILD)/rel/libdb.a $(BUILD)/rel/libi18n.a
	@$(say) "  LD  $@"
	$(Q)$(CC) $(rel_link) $^ $(DB_LIBS) $(I18N_LIBS) -o $@

.PHONY: eval
eval: $(EVAL)/eval $(BUILD)/rel/tests/bench/invent ## how good search is: recall, top-1, top-10, precision@10 beside FTS5 and LIKE
	@tests/eval/run $(BUILD)
