/* Stands between a program and its files (LD_PRELOAD): counts the calls that change something below one folder,
   and at a chosen call kills the process, tears the write, or answers with an error. It can also write down every
   such call, with its bytes, for the simulated power cut. Linux only.

   A call that waits for the disk is counted but not made: what a killed process has written lives on in the system's
   memory, and the power cut is simulated from the log. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum mode { COUNT, KILL, TORN, NO_ROOM, IO_ERROR };
enum answer { GO_ON, REFUSE, TEAR };

static char root[512];
static size_t root_length;
static int mode, target, onwards, calls, log_to = -1;
static char *names[4096]; /* by file descriptor: the path, when it lies below the folder */

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* ------------------------------------------------------------------ steered by the test */

void fault_begin(const char *folder, int how, int at, int from_then_on, const char *log)
{
    snprintf(root, sizeof root, "%s/", folder);
    root_length = strlen(root);
    mode = how;
    target = at;
    onwards = from_then_on;
    calls = 0;
    log_to = log && *log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
}

int fault_calls(void) { return calls; }

void fault_end(void) { root_length = 0; }

/* ------------------------------------------------------------------ the log: kind, lengths, path, bytes */

static void put(const void *bytes, size_t length)
{
    REAL(write);
    if (real(log_to, bytes, length) != (ssize_t)length) abort();
}

static void note(char kind, const char *path, int64_t offset, const void *bytes, uint32_t length)
{
    uint32_t path_length = (uint32_t)strlen(path);
    char head[17];
    if (log_to < 0) return;
    head[0] = kind;
    memcpy(head + 1, &path_length, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 4);
    put(head, sizeof head);
    put(path, path_length);
    if (length) put(bytes, length);
}

/* An acknowledgement of the program, between the calls. */
void fault_note(const char *text) { note('a', "", 0, text, (uint32_t)strlen(text)); }

/* ------------------------------------------------------------------ what happens at a call */

static int below(const char *path) { return root_length && path && !strncmp(path, root, root_length); }

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static enum answer at_call(void)
{
    calls++;
    if (!target || (onwards ? calls < target : calls != target)) return GO_ON;
    switch (mode) {
    case KILL: die(); return GO_ON;
    case TORN: return TEAR;
    case NO_ROOM: errno = ENOSPC; return REFUSE;
    case IO_ERROR: errno = EIO; return REFUSE;
    default: return GO_ON;
    }
}

/* For calls that cannot be half done: torn is killed. Nonzero: answer with the error. */
static int refused(void)
{
    enum answer answer = at_call();
    if (answer == TEAR) die();
    return answer == REFUSE;
}

static const char *name_of(int fd) { return root_length && fd >= 0 && fd < 4096 ? names[fd] : NULL; }

static void forget(int fd)
{
    if (fd >= 0 && fd < 4096 && names[fd]) {
        free(names[fd]);
        names[fd] = NULL;
    }
}

static void opened(int fd, const char *path, int flags, int is_new)
{
    forget(fd);
    if (fd < 0 || fd >= 4096 || !below(path)) return;
    names[fd] = strdup(path);
    if (is_new) note('c', path, 0, NULL, 0);
    else if (flags & O_TRUNC) note('t', path, 0, NULL, 0);
}

static int missing(const char *path)
{
    struct stat found;
    return stat(path, &found) != 0;
}

/* The path of a name below an open folder. */
static const char *full(int folder, const char *path, char *out, size_t size)
{
    char link[64];
    ssize_t length;
    if (path[0] == '/' || folder == AT_FDCWD) return path;
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    length = readlink(link, out, size - 1);
    if (length < 0) return path;
    snprintf(out + length, size - (size_t)length, "/%s", path);
    return out;
}

/* ------------------------------------------------------------------ the calls */

#define OPENING(name)                                                                          \
    int name(const char *path, int flags, ...)                                                 \
    {                                                                                          \
        REAL(name);                                                                            \
        va_list more;                                                                          \
        va_start(more, flags);                                                                 \
        int permission = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, int) : 0;              \
        va_end(more);                                                                          \
        int is_new = below(path) && (flags & O_CREAT) && missing(path);                        \
        int empties = below(path) && !is_new && (flags & O_TRUNC);                             \
        if ((is_new || empties) && refused()) return -1;                                       \
        int fd = real(path, flags, permission);                                                \
        opened(fd, path, flags, is_new);                                                       \
        return fd;                                                                             \
    }
OPENING(open)
OPENING(open64)

int openat(int folder, const char *path, int flags, ...)
{
    REAL(openat);
    char room[1024];
    va_list more;
    va_start(more, flags);
    int permission = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, int) : 0;
    va_end(more);
    const char *whole = root_length ? full(folder, path, room, sizeof room) : path;
    int is_new = below(whole) && (flags & O_CREAT) && missing(whole);
    if (is_new && refused()) return -1;
    int fd = real(folder, path, flags, permission);
    opened(fd, whole, flags, is_new);
    return fd;
}

int close(int fd)
{
    REAL(close);
    forget(fd);
    return real(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
    REAL(pwrite64);
    const char *path = name_of(fd);
    if (path) {
        enum answer answer = at_call();
        if (answer == REFUSE) return -1;
        if (answer == TEAR) {
            real(fd, bytes, length > 512 ? length / 1024 * 512 : length / 2, offset);
            die();
        }
        note('w', path, offset, bytes, (uint32_t)length);
    }
    return real(fd, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length)
{
    REAL(write);
    const char *path = name_of(fd);
    if (path) {
        int64_t offset = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
        enum answer answer = at_call();
        if (answer == REFUSE) return -1;
        if (answer == TEAR) {
            if (real(fd, bytes, length > 512 ? length / 1024 * 512 : length / 2) < 0) abort();
            die();
        }
        note('w', path, offset, bytes, (uint32_t)length);
    }
    return real(fd, bytes, length);
}

int ftruncate64(int fd, off64_t length)
{
    REAL(ftruncate64);
    const char *path = name_of(fd);
    if (path) {
        if (refused()) return -1;
        note('T', path, length, NULL, 0);
    }
    return real(fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int is_folder(int fd)
{
    struct stat found;
    return fstat(fd, &found) == 0 && S_ISDIR(found.st_mode);
}

static int synced(int fd)
{
    const char *path = name_of(fd);
    if (refused()) return -1;
    note(is_folder(fd) ? 'd' : 's', path, 0, NULL, 0);
    return 0;
}

int fsync(int fd)
{
    REAL(fsync);
    return name_of(fd) ? synced(fd) : real(fd);
}

int fdatasync(int fd)
{
    REAL(fdatasync);
    return name_of(fd) ? synced(fd) : real(fd);
}

int unlink(const char *path)
{
    REAL(unlink);
    if (below(path) && !missing(path)) {
        if (refused()) return -1;
        note('u', path, 0, NULL, 0);
    }
    return real(path);
}

int unlinkat(int folder, const char *path, int flags)
{
    REAL(unlinkat);
    char room[1024];
    const char *whole = root_length ? full(folder, path, room, sizeof room) : path;
    if (below(whole) && !missing(whole)) {
        if (refused()) return -1;
        note(flags & AT_REMOVEDIR ? 'D' : 'u', whole, 0, NULL, 0);
    }
    return real(folder, path, flags);
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    if (below(to) || below(from)) {
        if (refused()) return -1;
        note('r', from, 0, to, (uint32_t)strlen(to));
    }
    return real(from, to);
}

int mkdir(const char *path, mode_t permission)
{
    REAL(mkdir);
    if (below(path) && missing(path)) {
        if (refused()) return -1;
        note('m', path, 0, NULL, 0);
    }
    return real(path, permission);
}

int rmdir(const char *path)
{
    REAL(rmdir);
    if (below(path) && !missing(path)) {
        if (refused()) return -1;
        note('D', path, 0, NULL, 0);
    }
    return real(path);
}
