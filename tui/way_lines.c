/* The lines of the flow chart; see way_lines.h. */
#include "tui/way_lines.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { GUTTER_TRACKS = 8, STEP = 2 }; /* columns between two tracks of the gutter */

/* --- nets
 * -------------------------------------------------------------------------------------------- */

/* The channel a net leaves its box by. */
static int leaves_by(const struct way_chart *chart, const struct way_net *net)
{
    return chart->boxes[net->from].grid_row + !net->up;
}

static void add_target(struct way_lines *lines, const struct way_chart *chart, struct way_net *net,
                       size_t to)
{
    int channel = chart->boxes[to].grid_row, own = leaves_by(chart, net);
    if (!net->count) {
        net->to = arena_alloc(&lines->arena, lines->count * sizeof *net->to);
        net->first = net->last = own;
    }
    net->to[net->count++] = to;
    net->first = channel < net->first ? channel : net->first;
    net->last = channel > net->last ? channel : net->last;
}

/* Nets that share no channel share a column of the gutter; beyond the last column they share that
 * one. */
static void share_gutter(struct way_lines *lines)
{
    int ends[GUTTER_TRACKS], used = 0;
    for (int channel = 0; channel <= lines->grid_rows; channel++)
        for (size_t i = 0; i < lines->count; i++) {
            struct way_net *net = &lines->nets[i];
            int track = 0;
            if (!net->count || net->first != channel || net->first == net->last)
                continue;
            while (track < used && ends[track] >= net->first)
                track++;
            if (track == GUTTER_TRACKS)
                track--;
            used = track == used ? used + 1 : used;
            ends[track] = net->last;
            net->gutter = STEP * track + 1;
        }
    lines->gutter = STEP * used + 1;
}

void way_lines_collect(struct way_lines *lines, const struct way *w, const struct way_chart *chart,
                       int grid_rows)
{
    size_t count = w->pathway.count;
    *lines = (struct way_lines){.count = 2 * count, .grid_rows = grid_rows};
    lines->nets = arena_alloc(&lines->arena, (lines->count + 1) * sizeof *lines->nets);
    for (size_t i = 0; i < lines->count; i++)
        lines->nets[i] = (struct way_net){.from = i / 2, .up = i % 2, .gutter = -1};
    for (size_t to = 0; to < count; to++)
        for (size_t k = 0; k < w->pathway.steps[to].after_count; k++) {
            size_t from = w->pathway.steps[to].after[k];
            const struct way_box *a = &chart->boxes[from], *b = &chart->boxes[to];
            if (b->beside && a->grid_row == b->grid_row && a->grid_column + 1 == b->grid_column)
                continue;
            add_target(lines, chart, &lines->nets[2 * from + (b->grid_row <= a->grid_row)], to);
        }
    share_gutter(lines);
}

/* --- tracks
 * ------------------------------------------------------------------------------------------ */

static int out_column(const struct way_chart *chart, const struct way_net *net)
{
    return chart->boxes[net->from].left + (net->up ? WAY_OUT_UP : WAY_OUT_DOWN);
}

/* The columns a net takes in a channel; false: it does not need it. */
static bool reach(const struct way_chart *chart, const struct way_net *net, int channel,
                  int *ret_from, int *ret_to)
{
    int from = INT_MAX, to = -1;
    if (!net->count || channel < net->first || channel > net->last)
        return false;
    if (leaves_by(chart, net) == channel)
        from = to = out_column(chart, net);
    for (size_t i = 0; i < net->count; i++) {
        const struct way_box *box = &chart->boxes[net->to[i]];
        int column = box->left + WAY_IN;
        if (box->grid_row != channel)
            continue;
        from = column < from ? column : from;
        to = column > to ? column : to;
    }
    if (to < 0)
        return false;
    if (net->gutter >= 0)
        from = net->gutter;
    *ret_from = from;
    *ret_to = to;
    return true;
}

/* Is the track free for these columns? */
static bool is_free(const struct way_lines *lines, const struct way_chart *chart, int channel,
                    int track, int from, int to)
{
    int other_from, other_to;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->channels[channel].track[i] == track &&
            reach(chart, &lines->nets[i], channel, &other_from, &other_to) &&
            from <= other_to + 1 && other_from <= to + 1)
            return false;
    return true;
}

void way_lines_share(struct way_lines *lines, const struct way_chart *chart)
{
    size_t channels = (size_t)lines->grid_rows + 1;
    lines->channels = arena_alloc(&lines->arena, channels * sizeof *lines->channels);
    for (int at = 0; at <= lines->grid_rows; at++) {
        struct way_channel *channel = &lines->channels[at];
        *channel = (struct way_channel){0};
        channel->track = arena_alloc(&lines->arena, (lines->count + 1) * sizeof(int));
        for (size_t i = 0; i < lines->count; i++)
            channel->track[i] = -1;
        for (size_t i = 0; i < lines->count; i++) {
            int from, to, track = 0;
            if (!reach(chart, &lines->nets[i], at, &from, &to))
                continue;
            while (!is_free(lines, chart, at, track, from, to))
                track++;
            channel->track[i] = track;
            channel->tracks = track >= channel->tracks ? track + 1 : channel->tracks;
        }
    }
}

void way_lines_release(struct way_lines *lines)
{
    arena_release(&lines->arena);
    *lines = (struct way_lines){0};
}

/* --- cells
 * ------------------------------------------------------------------------------------------- */

/* Cells of one net, before they are laid over those of the others. */
struct layer {
    unsigned char *bits;
    int rows, columns;
};

static void add_bits(struct layer *l, int row, int column, unsigned bits)
{
    if (row >= 0 && row < l->rows && column >= 0 && column < l->columns)
        l->bits[row * l->columns + column] |= (unsigned char)bits;
}

static void across(struct layer *l, int row, int from, int to)
{
    for (int column = from; column < to; column++) {
        add_bits(l, row, column, WAY_RIGHT);
        add_bits(l, row, column + 1, WAY_LEFT);
    }
}

static void down(struct layer *l, int column, int from, int to)
{
    for (int row = from; row < to; row++) {
        add_bits(l, row, column, WAY_DOWN);
        add_bits(l, row + 1, column, WAY_UP);
    }
}

static int track_row(const struct way_lines *lines, int channel, size_t net)
{
    const struct way_channel *c = &lines->channels[channel];
    return c->row + c->track[net];
}

static void draw_net(const struct way_lines *lines, const struct way_chart *chart, size_t at,
                     struct layer *l)
{
    const struct way_net *net = &lines->nets[at];
    const struct way_box *from = &chart->boxes[net->from];
    int highest = INT_MAX, lowest = -1, own = leaves_by(chart, net);
    for (int channel = net->first; channel <= net->last; channel++) {
        int left, right;
        if (!reach(chart, net, channel, &left, &right))
            continue;
        int row = track_row(lines, channel, at);
        across(l, row, left, right);
        highest = row < highest ? row : highest;
        lowest = row > lowest ? row : lowest;
    }
    if (net->gutter >= 0)
        down(l, net->gutter, highest, lowest);
    if (net->up)
        down(l, out_column(chart, net), track_row(lines, own, at), from->top);
    else
        down(l, out_column(chart, net), from->top + from->height - 1, track_row(lines, own, at));
    for (size_t i = 0; i < net->count; i++) {
        const struct way_box *to = &chart->boxes[net->to[i]];
        down(l, to->left + WAY_IN, track_row(lines, to->grid_row, at), to->top);
        add_bits(l, to->top, to->left + WAY_IN, WAY_ARROW);
    }
}

/* Where two nets cross, the line across is drawn over the other; where they end in one box they
 * join. */
static void lay_over(struct way_chart *chart, struct layer *l)
{
    enum { FLAT = WAY_LEFT | WAY_RIGHT, STEEP = WAY_UP | WAY_DOWN };
    for (int i = 0; i < l->rows * l->columns; i++) {
        unsigned char *cell = &chart->lines[i], bits = l->bits[i];
        if ((*cell == FLAT && bits == STEEP) || (*cell == STEEP && bits == FLAT))
            *cell = FLAT;
        else
            *cell |= bits;
    }
    memset(l->bits, 0, (size_t)l->rows * (size_t)l->columns);
}

void way_lines_draw(const struct way_lines *lines, struct way_chart *chart)
{
    size_t cells = (size_t)chart->rows * (size_t)chart->columns + 1;
    struct layer l = {mem_zalloc(cells, 1), chart->rows, chart->columns};
    chart->lines = arena_alloc(&chart->arena, cells);
    memset(chart->lines, 0, cells);
    for (size_t i = 0; i < lines->count; i++) {
        if (!lines->nets[i].count)
            continue;
        draw_net(lines, chart, i, &l);
        lay_over(chart, &l);
    }
    free(l.bits);
}
