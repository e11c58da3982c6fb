/* What a pessimistic disk would hold after a power cut: nothing but what was synced.
 *
 * Loaded before a server (LD_PRELOAD), it copies a database file to the folder that SHADOW names
 * whenever the server has synced it. When the power goes, those copies are all there is. A little
 * kind to the database: what is written between the sync and the copy counts as synced.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void keep(int fd)
{
    char link[64], path[PATH_MAX], copy[PATH_MAX + 64], kept[PATH_MAX + 64], block[1 << 16];
    const char *folder = getenv("SHADOW");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1), got;
    if (!folder || length <= 0)
        return;
    path[length] = 0;
    const char *name = strrchr(path, '/');
    if (!name || !strstr(name, ".sqlite3"))
        return;
    snprintf(kept, sizeof kept, "%s%s", folder, name);
    snprintf(copy, sizeof copy, "%s%s.%d", folder, name, getpid());
    pthread_mutex_lock(&one_at_a_time);
    int to = open(copy, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    off_t at = 0;
    while (to >= 0 && (got = pread(fd, block, sizeof block, at)) > 0 && write(to, block, got) == got)
        at += got;
    if (to >= 0 && !close(to))
        rename(copy, kept);
    pthread_mutex_unlock(&one_at_a_time);
}

int fsync(int fd)
{
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    int failed = real(fd);
    if (!failed)
        keep(fd);
    return failed;
}

int fdatasync(int fd)
{
    int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
    int failed = real(fd);
    if (!failed)
        keep(fd);
    return failed;
}
