// A USB video camera in user space, plugged into this kernel's own virtual host controller (vhci_hcd), so that the
// kernel's uvcvideo drives it: device nodes, udev properties, controls, unplugging and faults are the real thing.
//
//   usb-camera SERIAL PORT COMMANDS JPEG…
//
// Needs root and the modules vhci_hcd and uvcvideo. USB/IP runs over a socket pair; no network. The camera offers MJPEG
// and YUYV at 320×240 and 640×480 and 30, 15, 10 or 5 frames a second, and the controls auto_exposure,
// exposure_time_absolute, brightness and gain. In MJPEG it shows the pictures at random, but never one twice running,
// in YUYV a pattern that moves. COMMANDS is a FIFO it makes and reads, one command a line:
//
//   unplug           leaves the bus, and ends
//   freeze | thaw    sends nothing more; goes on
//   repeat | vary    shows the same picture again and again; no longer
//   refuse | accept  refuses to set any control; no longer
//   damage N         marks N frames as broken           cut N    sends half of N frames
//   drop N           leaves N frames out                stall N  answers N transfers with a halted endpoint
//
// Descriptors and requests: USB Device Class Definition for Video Devices 1.0; messages: usbip_protocol.rst of Linux.
#define _GNU_SOURCE
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PAYLOAD = 16384, HEADER = 12, MOST_PICTURES = 64, MOST_WAITING = 256, BULK_IN = 0x81 };
enum { UNCOMPRESSED = 1, MJPEG = 2, CAMERA_UNIT = 1, OUTPUT_UNIT = 2, PROCESSING_UNIT = 3 };
enum { SET_CUR = 0x01, GET_CUR = 0x81, GET_MIN, GET_MAX, GET_RES, GET_LEN, GET_INFO, GET_DEF };

static const struct { int width, height; } sizes[] = {{640, 480}, {320, 240}};
static const uint32_t intervals[] = {333333, 666666, 1000000, 2000000};  // of 100 ns
enum { SIZES = 2, INTERVALS = 4 };

static struct control { int unit, selector, bytes; uint32_t least, most, step, usual, now; } controls[] = {
    {CAMERA_UNIT, 0x02, 1, 1, 8, 0x09, 8, 8},          // auto_exposure: a bit a mode; step is the bits there are
    {CAMERA_UNIT, 0x04, 4, 1, 5000, 1, 156, 156},      // exposure_time_absolute
    {PROCESSING_UNIT, 0x02, 2, 0, 255, 1, 128, 128},   // brightness
    {PROCESSING_UNIT, 0x04, 2, 0, 100, 1, 10, 10},     // gain
};
enum { CONTROLS = sizeof controls / sizeof *controls };

struct __attribute__((packed)) streaming {
    uint16_t hint;
    uint8_t format, size;
    uint32_t interval;
    uint16_t key, p, quality, window, delay;
    uint32_t most_frame, most_payload;
};

struct __attribute__((packed)) message {
    uint32_t command, number, device, direction, endpoint;
    union {
        struct { uint32_t flags; int32_t length, start, packets, interval; uint8_t setup[8]; } submit;
        struct { int32_t status, length, start, packets, errors; uint8_t padding[8]; } answer;
        struct { uint32_t number; uint8_t padding[24]; } unlink;
    };
};
enum { SUBMIT = 1, UNLINK = 2, ANSWER = 3, UNLINKED = 4 };

static const char *serial;
static int bus;                                       // our end of the socket pair
static uint8_t configuration[1024];
static int configuration_length;
static struct streaming probed, committed;
static struct { uint32_t number; int length; } waiting[MOST_WAITING];  // bulk transfers not yet answered
static int waiting_count;
static struct { uint8_t *bytes; int length; } pictures[MOST_PICTURES];
static int picture_count;
static uint8_t frame[640 * 480 * 2];
static int frame_length, frame_sent = -1;              // -1: between two frames
static long frame_number;
static int picture;
static int frame_bit;
static double due;
static int is_streaming, is_frozen, is_repeating, is_refusing, damage_count, cut_count, drop_count, stall_count;

static void fail(const char *what) { perror(what); exit(1); }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

// ---- descriptors

#define WORD(value) (uint8_t)(value), (uint8_t)((value) >> 8)
#define LONG(value) WORD(value), WORD((value) >> 16)

// Appends a descriptor with these bytes behind its length.
#define DESCRIBE(...) describe((const uint8_t[]){__VA_ARGS__}, sizeof(const uint8_t[]){__VA_ARGS__})

static void describe(const uint8_t *bytes, int count) {
    configuration[configuration_length++] = count + 1;
    memcpy(configuration + configuration_length, bytes, count);
    configuration_length += count;
}

static void describe_sizes(int kind) {
    for (int index = 0; index < SIZES; index++) {
        uint32_t bytes = sizes[index].width * sizes[index].height * 2;
        DESCRIBE(0x24, kind, index + 1, 0, WORD(sizes[index].width), WORD(sizes[index].height), LONG(bytes * 8),
                 LONG(bytes * 8 * 30), LONG(bytes), LONG(intervals[0]), INTERVALS, LONG(intervals[0]),
                 LONG(intervals[1]), LONG(intervals[2]), LONG(intervals[3]));
    }
    DESCRIBE(0x24, 13, 1, 1, 4);  // colours of sRGB, matrix of BT.601
}

static void describe_all(void) {
    DESCRIBE(2, WORD(0), 2, 1, 0, 0x80, 250);
    DESCRIBE(11, 0, 2, 14, 3, 0, 0);

    // Interface 0: what can be controlled.
    DESCRIBE(4, 0, 0, 0, 14, 1, 0, 0);
    DESCRIBE(0x24, 1, WORD(0x0100), WORD(13 + 18 + 11 + 9), LONG(48000000), 1, 1);
    DESCRIBE(0x24, 2, CAMERA_UNIT, WORD(0x0201), 0, 0, WORD(0), WORD(0), WORD(0), 3, 0x0A, 0, 0);
    DESCRIBE(0x24, 5, PROCESSING_UNIT, CAMERA_UNIT, WORD(0), 2, 0x01, 0x02, 0);
    DESCRIBE(0x24, 3, OUTPUT_UNIT, WORD(0x0101), 0, PROCESSING_UNIT, 0);

    // Interface 1: the pictures, by one bulk endpoint.
    DESCRIBE(4, 1, 0, 1, 14, 2, 0, 0);
    int start = configuration_length;
    DESCRIBE(0x24, 1, 2, WORD(0), BULK_IN, 0, OUTPUT_UNIT, 0, 0, 0, 1, 0, 0);
    DESCRIBE(0x24, 4, UNCOMPRESSED, SIZES, 'Y', 'U', 'Y', '2', 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71, 16,
             1, 0, 0, 0, 0);
    describe_sizes(5);
    DESCRIBE(0x24, 6, MJPEG, SIZES, 1, 1, 0, 0, 0, 0);
    describe_sizes(7);
    uint8_t total[] = {WORD(configuration_length - start)};
    memcpy(configuration + start + 4, total, 2);
    DESCRIBE(5, BULK_IN, 2, WORD(512), 0);

    uint8_t whole[] = {WORD(configuration_length)};
    memcpy(configuration + 2, whole, 2);
}

static int text(int number, uint8_t *reply) {
    static const char *texts[] = {"", "Testworks", "UVC Test Camera"};
    const char *words = number == 3 ? serial : texts[number];
    int length = number == 0 ? 4 : 2 + 2 * strlen(words);
    memset(reply, 0, length);
    reply[0] = length;
    reply[1] = 3;
    if (number == 0) { reply[2] = 9; reply[3] = 4; }  // English
    for (int index = 0; number > 0 && words[index]; index++) reply[2 + 2 * index] = words[index];
    return length;
}

// ---- the connection

static int receive(void *bytes, size_t count) {
    for (uint8_t *next = bytes; count > 0;) {
        ssize_t got = recv(bus, next, count, 0);
        if (got <= 0) return -1;
        next += got;
        count -= got;
    }
    return 0;
}

static int transmit(const void *bytes, size_t count) {
    for (const uint8_t *next = bytes; count > 0;) {
        ssize_t sent = send(bus, next, count, MSG_NOSIGNAL);
        if (sent <= 0) return -1;
        next += sent;
        count -= sent;
    }
    return 0;
}

// `data` goes along with transfers that the host reads; for those it writes it is null.
static int answer(uint32_t number, int status, const void *data, int length) {
    struct message reply = {.command = htobe32(ANSWER), .number = number};
    reply.answer.status = htobe32(status);
    reply.answer.length = htobe32(length);
    if (transmit(&reply, 48) != 0) return -1;
    return data && length > 0 ? transmit(data, length) : 0;
}

// ---- requests on endpoint 0

static void agree(struct streaming *wish) {
    if (wish->format < 1 || wish->format > 2) wish->format = UNCOMPRESSED;
    if (wish->size < 1 || wish->size > SIZES) wish->size = 1;
    uint32_t best = intervals[0];
    for (int index = 0; index < INTERVALS; index++) if (wish->interval >= intervals[index]) best = intervals[index];
    wish->interval = best;
    wish->most_frame = sizes[wish->size - 1].width * sizes[wish->size - 1].height * 2;
    wish->most_payload = PAYLOAD;
}

static struct control *control_of(const uint8_t *setup) {
    for (int index = 0; index < CONTROLS; index++) {
        if (setup[4] == 0 && setup[5] == controls[index].unit && setup[3] == controls[index].selector) {
            return &controls[index];
        }
    }
    return NULL;
}

// The reply's length; -1 stalls.
static int read_control(const struct control *control, int request, uint8_t *reply) {
    uint32_t value;
    switch (request) {
    case GET_CUR: value = control->now; break;
    case GET_MIN: value = control->least; break;
    case GET_MAX: value = control->most; break;
    case GET_RES: value = control->step; break;
    case GET_DEF: value = control->usual; break;
    case GET_INFO: reply[0] = 3; return 1;
    default: return -1;
    }
    uint8_t bytes[] = {LONG(value)};
    memcpy(reply, bytes, control->bytes);
    return control->bytes;
}

static int write_control(struct control *control, const uint8_t *data, int length) {
    if (is_refusing || length < control->bytes) return -1;
    control->now = 0;
    for (int index = 0; index < control->bytes; index++) control->now |= (uint32_t)data[index] << (8 * index);
    return 0;
}

static int read_streaming(int request, int is_commit, uint8_t *reply) {
    struct streaming state = is_commit ? committed : probed;
    switch (request) {
    case GET_CUR: case GET_MIN: case GET_MAX: break;
    case GET_DEF: memset(&state, 0, sizeof state); break;
    case GET_LEN: reply[0] = 26; reply[1] = 0; return 2;
    case GET_INFO: reply[0] = 3; return 1;
    default: return -1;
    }
    agree(&state);
    memcpy(reply, &state, 26);
    return 26;
}

static int write_streaming(int is_commit, const uint8_t *data, int length) {
    if (length < 26) return -1;
    struct streaming *state = is_commit ? &committed : &probed;
    memcpy(state, data, 26);
    agree(state);
    if (is_commit) {
        is_streaming = 1;
        frame_sent = -1;
        due = now();
    }
    return 0;
}

static int request(const uint8_t *setup, const uint8_t *data, int length, uint8_t *reply) {
    static const uint8_t device[] = {18, 1, WORD(0x0200), 0xEF, 2, 1, 64, WORD(0x1209), WORD(0x0001), WORD(0x0100),
                                     1, 2, 3, 1};
    int is_class = (setup[0] & 0x60) == 0x20;
    struct control *control = is_class ? control_of(setup) : NULL;
    int is_for_streaming = is_class && setup[4] == 1 && setup[5] == 0;
    if (control && setup[1] == SET_CUR) return write_control(control, data, length);
    if (control) return read_control(control, setup[1], reply);
    if (is_for_streaming && setup[1] == SET_CUR) return write_streaming(setup[3] == 2, data, length);
    if (is_for_streaming) return read_streaming(setup[1], setup[3] == 2, reply);
    switch (setup[0] << 8 | setup[1]) {
    case 0x8006:  // get descriptor
        if (setup[3] == 1) { memcpy(reply, device, 18); return 18; }
        if (setup[3] == 2) { memcpy(reply, configuration, configuration_length); return configuration_length; }
        return setup[3] == 3 && setup[2] < 4 ? text(setup[2], reply) : -1;
    case 0x8000: case 0x8100: case 0x8200: reply[0] = reply[1] = 0; return 2;  // get status
    case 0x8008: reply[0] = 1; return 1;                                       // get configuration
    case 0x810A: reply[0] = 0; return 1;                                       // get interface
    case 0x0009: return 0;                                                     // set configuration
    case 0x010B: is_streaming = 0; return 0;                                   // set interface
    case 0x0201: frame_sent = -1; return 0;                                    // clear halt
    case 0x0001: case 0x0003: case 0x0101: return 0;                           // features
    default: return -1;
    }
}

// ---- frames

static void make_frame(void) {
    if (!is_repeating) {
        frame_number++;
        picture = (picture + 1 + (picture_count > 2 ? random() % (picture_count - 1) : 0)) % picture_count;
    }
    frame_sent = 0;
    frame_bit ^= 1;
    if (committed.format == MJPEG) {
        frame_length = pictures[picture].length;
        memcpy(frame, pictures[picture].bytes, frame_length);
    } else {
        frame_length = committed.most_frame;
        for (int index = 0; index < frame_length; index += 2) {
            frame[index] = index / 2 + frame_number * 4;
            frame[index + 1] = 128;
        }
    }
    if (cut_count > 0) { cut_count--; frame_length /= 2; }
}

// Answers the bulk transfers that frames are there for; what fails is the connection.
static int send_frames(void) {
    static uint8_t packet[PAYLOAD];
    while (waiting_count > 0 && is_streaming && !is_frozen) {
        if (frame_sent < 0) {
            double time = now();
            if (time < due) return 0;
            due += committed.interval / 1e7;
            if (due < time) due = time + committed.interval / 1e7;
            if (drop_count > 0) { drop_count--; continue; }
            make_frame();
        }
        uint32_t number = waiting[0].number;
        int room = (waiting[0].length < PAYLOAD ? waiting[0].length : PAYLOAD) - HEADER;
        memmove(waiting, waiting + 1, --waiting_count * sizeof *waiting);
        if (stall_count > 0) {
            stall_count--;
            if (answer(number, -EPIPE, NULL, 0) != 0) return -1;
            continue;
        }
        int count = frame_length - frame_sent < room ? frame_length - frame_sent : room;
        memset(packet, 0, HEADER);
        packet[0] = HEADER;
        packet[1] = 0x80 | frame_bit;
        memcpy(packet + HEADER, frame + frame_sent, count);
        frame_sent += count;
        if (frame_sent == frame_length) {
            packet[1] |= 0x02;
            if (damage_count > 0) { damage_count--; packet[1] |= 0x40; }
            frame_sent = -1;
        }
        if (answer(number, 0, packet, HEADER + count) != 0) return -1;
    }
    return 0;
}

// ---- the two sides

static int hear_host(void) {
    static uint8_t data[65536], reply[1024];
    struct message message;
    if (receive(&message, 48) != 0) return -1;
    if (be32toh(message.command) == UNLINK) {
        struct message unlinked = {.command = htobe32(UNLINKED), .number = message.number};
        for (int index = 0; index < waiting_count; index++) {
            if (waiting[index].number != message.unlink.number) continue;
            memmove(waiting + index, waiting + index + 1, (--waiting_count - index) * sizeof *waiting);
            unlinked.answer.status = htobe32(-ECONNRESET);
            break;
        }
        return transmit(&unlinked, 48);
    }
    if (be32toh(message.command) != SUBMIT) return 0;
    int length = be32toh(message.submit.length), is_read = be32toh(message.direction);
    if (length < 0 || length > (int)sizeof data) return -1;
    if (!is_read && length > 0 && receive(data, length) != 0) return -1;
    if (be32toh(message.endpoint) != 0) {
        if (waiting_count == MOST_WAITING) return -1;
        waiting[waiting_count].number = message.number;
        waiting[waiting_count++].length = length;
        return 0;
    }
    const uint8_t *setup = message.submit.setup;
    int wanted = setup[6] | setup[7] << 8, got = request(setup, data, length, reply);
    if (got < 0) return answer(message.number, -EPIPE, NULL, 0);
    if (!is_read) return answer(message.number, 0, NULL, length);
    return answer(message.number, 0, reply, got < wanted ? got : wanted);
}

static void obey(const char *line) {
    char word[16] = "";
    int count = 1;
    sscanf(line, "%15s %d", word, &count);
    printf("%s %d\n", word, count);
    if (!strcmp(word, "unplug")) {
        shutdown(bus, SHUT_RDWR);
        exit(0);
    }
    if (!strcmp(word, "thaw")) due = now();
    static const struct { const char *word; int *what, value; } commands[] = {
        {"freeze", &is_frozen, 1}, {"thaw", &is_frozen, 0}, {"repeat", &is_repeating, 1}, {"vary", &is_repeating, 0},
        {"refuse", &is_refusing, 1}, {"accept", &is_refusing, 0}, {"damage", &damage_count, -1},
        {"cut", &cut_count, -1}, {"drop", &drop_count, -1}, {"stall", &stall_count, -1},
    };
    for (size_t index = 0; index < sizeof commands / sizeof *commands; index++) {
        if (!strcmp(word, commands[index].word)) {
            *commands[index].what = commands[index].value < 0 ? count : commands[index].value;
        }
    }
}

static void read_picture(const char *path) {
    struct stat status;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &status) != 0) fail(path);
    if (picture_count == MOST_PICTURES || status.st_size > (off_t)sizeof frame) { errno = EFBIG; fail(path); }
    uint8_t *bytes = malloc(status.st_size);
    if (!bytes || read(file, bytes, status.st_size) != status.st_size) fail(path);
    close(file);
    pictures[picture_count].bytes = bytes;
    pictures[picture_count++].length = status.st_size;
}

static void plug_in(int port) {
    int ends[2], roomy = 1 << 20;
    char line[64];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) fail("socketpair");
    setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &roomy, sizeof roomy);
    int attach = open("/sys/devices/platform/vhci_hcd.0/attach", O_WRONLY);
    if (attach < 0) fail("vhci_hcd");
    int length = snprintf(line, sizeof line, "%d %d %d 3\n", port, ends[1], 1 << 16 | (2 + port));  // 3: high speed
    if (write(attach, line, length) != length) fail("attach");
    close(attach);
    close(ends[1]);
    bus = ends[0];
}

int main(int count, char **values) {
    if (count < 5) return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    serial = values[1];
    for (int index = 4; index < count; index++) read_picture(values[index]);
    describe_all();
    agree(&probed);
    committed = probed;
    if (mkfifo(values[3], 0600) != 0 && errno != EEXIST) fail(values[3]);
    int commands = open(values[3], O_RDWR | O_NONBLOCK);
    if (commands < 0) fail(values[3]);
    plug_in(atoi(values[2]));
    for (;;) {
        struct pollfd sides[] = {{bus, POLLIN, 0}, {commands, POLLIN, 0}};
        double rest = due - now();
        int is_pausing = waiting_count > 0 && is_streaming && !is_frozen && frame_sent < 0;
        poll(sides, 2, !is_pausing ? -1 : rest <= 0 ? 0 : (int)(rest * 1000) + 1);
        if (sides[1].revents) {
            char lines[256];
            ssize_t got = read(commands, lines, sizeof lines - 1);
            lines[got > 0 ? got : 0] = 0;
            for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) obey(line);
        }
        if (sides[0].revents && hear_host() != 0) break;
        if (send_frames() != 0) break;
    }
    puts("the host let go of the camera");
    return 0;
}
