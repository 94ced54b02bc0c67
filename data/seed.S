/* The directory as it is born, as bytes of the program: SEED_FILE is built by data/mkseed.c. */
        .section .rodata
        .balign 16
        .global seed_start
        .type   seed_start, %object
seed_start:
        .incbin SEED_FILE
        .global seed_end
        .type   seed_end, %object
seed_end:
        .byte   0
        .size   seed_start, seed_end - seed_start
        .section .note.GNU-stack,"",%progbits
