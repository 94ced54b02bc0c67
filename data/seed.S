/* The directory as it is born and the one to learn with, as bytes of the program: SEED_FILE and
 * TRAINING_FILE are built by data/mkseed.c. */
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
        .balign 16
        .global training_start
        .type   training_start, %object
training_start:
        .incbin TRAINING_FILE
        .global training_end
        .type   training_end, %object
training_end:
        .byte   0
        .size   training_start, training_end - training_start
        .section .note.GNU-stack,"",%progbits
