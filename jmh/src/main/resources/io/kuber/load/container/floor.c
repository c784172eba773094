/*
 * Starts /bin/true in a container with as few system calls as there can be, once for each byte on
 * standard input, and answers with a byte when it has ended and nothing of it is left: the floor
 * under all that start containers. Same namespaces, mounts, control groups, rights and filter as
 * the others get.
 *
 * floor ROOT SCRATCH NAME NUMBERS CONTROLLERS...
 *   NUMBERS      a file with the system calls that are allowed, a number a line, in order
 *   CONTROLLERS  of version 1, in each of which a group NAME is made
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAFE (2 | 4 | 8) /* nosuid, nodev, noexec */
#define READ_ONLY 1
#define REMOUNT 32
#define BIND 4096
#define RECURSIVE 16384
#define PRIVATE (1 << 18)

extern int mount(const char *, const char *, const char *, unsigned long, const void *);
extern int umount2(const char *, int);

static struct sock_filter filter[1024];
static unsigned short filter_length;

static void die(const char *what) {
  fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
  _exit(125);
}

static void must(long result, const char *what) {
  if (result < 0) die(what);
}

static void put(const char *directory, const char *file, const char *text) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", directory, file);
  int descriptor = open(path, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return; /* Not every controller has every file. */
  must(write(descriptor, text, strlen(text)), path);
  close(descriptor);
}

static void add(unsigned short code, unsigned int k, unsigned char yes, unsigned char no) {
  filter[filter_length++] = (struct sock_filter){code, yes, no, k};
}

/* Ranges of numbers, each of which is compared once; all others are refused. */
static void read_filter(const char *path) {
  FILE *in = fopen(path, "r");
  if (!in) die(path);
  add(BPF_LD | BPF_W | BPF_ABS, 0, 0, 0);
  int first, last, next, more = fscanf(in, "%d", &next) == 1;
  while (more) {
    first = last = next;
    while ((more = fscanf(in, "%d", &next) == 1) && next == last + 1) last = next;
    add(BPF_JMP | BPF_JGE | BPF_K, first, 0, 2);
    add(BPF_JMP | BPF_JGT | BPF_K, last, 1, 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
  }
  add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM, 0, 0);
  fclose(in);
}

static int overlay(const char *root, const char *upper, const char *work) {
  int system = syscall(SYS_fsopen, "overlay", 1);
  must(system, "fsopen");
  must(syscall(SYS_fsconfig, system, 1, "lowerdir", root, 0), "lowerdir");
  must(syscall(SYS_fsconfig, system, 1, "upperdir", upper, 0), "upperdir");
  must(syscall(SYS_fsconfig, system, 1, "workdir", work, 0), "workdir");
  must(syscall(SYS_fsconfig, system, 6, 0, 0, 0), "overlay");
  int mounted = syscall(SYS_fsmount, system, 1, 0);
  must(mounted, "fsmount");
  close(system);
  return mounted;
}

static void device(const char *name, int major_number, int minor_number) {
  must(mknod(name, S_IFCHR | 0666, makedev(major_number, minor_number)), name);
}

static void make_mounts(int groups, char **names) {
  must(mount("proc", "/proc", "proc", SAFE, 0), "proc");
  must(mount("tmpfs", "/dev", "tmpfs", 2, "mode=755,size=65536k"), "dev");
  device("/dev/null", 1, 3);
  device("/dev/zero", 1, 5);
  device("/dev/full", 1, 7);
  device("/dev/random", 1, 8);
  device("/dev/urandom", 1, 9);
  device("/dev/tty", 5, 0);
  must(symlink("/proc/self/fd", "/dev/fd"), "fd");
  must(symlink("/proc/self/fd/0", "/dev/stdin"), "stdin");
  must(symlink("/proc/self/fd/1", "/dev/stdout"), "stdout");
  must(symlink("/proc/self/fd/2", "/dev/stderr"), "stderr");
  must(symlink("pts/ptmx", "/dev/ptmx"), "ptmx");
  must(mkdir("/dev/pts", 0755) | mkdir("/dev/shm", 0755) | mkdir("/dev/mqueue", 0755), "dev");
  must(mount("devpts", "/dev/pts", "devpts", 2 | 8, "newinstance,ptmxmode=0666,mode=0620,gid=5"), "pts");
  must(mount("tmpfs", "/dev/shm", "tmpfs", SAFE, "mode=1777,size=65536k"), "shm");
  must(mount("mqueue", "/dev/mqueue", "mqueue", SAFE, 0), "mqueue");
  must(mount("sysfs", "/sys", "sysfs", SAFE | READ_ONLY, 0), "sys");
  must(mount("tmpfs", "/sys/fs/cgroup", "tmpfs", SAFE, "mode=755,size=64k"), "cgroups");
  for (int i = 0; i < groups; i++) {
    char place[256];
    snprintf(place, sizeof place, "/sys/fs/cgroup/%s", names[i]);
    must(mkdir(place, 0755), place);
    must(mount("cgroup", place, "cgroup", SAFE | READ_ONLY, names[i]), place);
  }
  must(mount("none", "/sys/fs/cgroup", 0, REMOUNT | BIND | SAFE | READ_ONLY, 0), "cgroups");
  const char *read_only[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};
  for (int i = 0; i < 5; i++) {
    if (mount(read_only[i], read_only[i], 0, BIND | RECURSIVE, 0) == 0)
      must(mount("none", read_only[i], 0, REMOUNT | BIND | SAFE | READ_ONLY, 0), read_only[i]);
  }
  const char *hidden[] = {"/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
                          "/proc/timer_list", "/proc/sched_debug"};
  for (int i = 0; i < 6; i++) mount("/dev/null", hidden[i], 0, BIND, 0);
  mount("tmpfs", "/proc/acpi", "tmpfs", READ_ONLY, 0);
  mount("tmpfs", "/proc/scsi", "tmpfs", READ_ONLY, 0);
  mount("tmpfs", "/sys/firmware", "tmpfs", READ_ONLY, 0);
}

/* Loopback up, as every pod has it. */
static void bring_up_loopback(void) {
  struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
  int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  must(ioctl(any, SIOCSIFFLAGS, &request), "lo");
  close(any);
}

static void drop_rights(void) {
  /* containerd's: chown, dac_override, fowner, fsetid, kill, setgid, setuid, setpcap,
     net_bind_service, net_raw, sys_chroot, mknod, audit_write, setfcap */
  unsigned long kept = 0xa80425fb;
  for (int capability = 0; capability <= 40; capability++)
    if (!(kept >> capability & 1)) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2] = {{kept, kept, 0}, {0, 0, 0}};
  must(syscall(SYS_capset, &header, data), "capset");
}

static void become(const char *target, int root, int groups, char **names, int *procs) {
  for (int i = 0; i < groups; i++) must(write(procs[i], "0", 1), "cgroup.procs");
  must(unshare(CLONE_NEWCGROUP), "cgroup namespace");
  must(mount("none", "/", 0, RECURSIVE | PRIVATE, 0), "private");
  must(syscall(SYS_move_mount, root, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH), "root");
  must(chdir(target), target);
  must(syscall(SYS_pivot_root, ".", "."), "pivot_root");
  must(umount2(".", 2), "old root");
  bring_up_loopback();
  must(sethostname("floor", 5), "hostname");
  make_mounts(groups, names);
  must(setsid(), "session");
  must(syscall(SYS_close_range, 3, ~0U, 0), "close_range");
  must(chdir("/"), "/");
  struct sock_fprog program = {filter_length, filter};
  must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), "filter");
  drop_rights();
  char *arguments[] = {"/bin/true", 0}, *environment[] = {"PATH=/bin:/usr/bin", 0};
  execve(arguments[0], arguments, environment);
  die("execve");
}

static void start(const char *root, const char *scratch, const char *name, int groups, char **names) {
  char upper[512], work[512], target[512], inner[600], made[16][512];
  int procs[16];
  snprintf(upper, sizeof upper, "%s/upper", scratch);
  snprintf(work, sizeof work, "%s/work", scratch);
  snprintf(target, sizeof target, "%s/root", scratch);
  snprintf(inner, sizeof inner, "%s/work", work);
  must(mkdir(upper, 0755) | mkdir(work, 0755), "scratch");
  for (int i = 0; i < groups; i++) {
    snprintf(made[i], sizeof made[i], "/sys/fs/cgroup/%s/%s", names[i], name);
    must(mkdir(made[i], 0755), made[i]);
    put(made[i], "devices.deny", "a");
    put(made[i], "devices.allow", "c *:* m");
    put(made[i], "devices.allow", "b *:* m");
    put(made[i], "devices.allow", "c 1:* rwm");
    put(made[i], "devices.allow", "c 5:* rwm");
    put(made[i], "devices.allow", "c 136:* rwm");
    char path[600];
    snprintf(path, sizeof path, "%s/cgroup.procs", made[i]);
    procs[i] = open(path, O_WRONLY | O_CLOEXEC);
    must(procs[i], path);
  }
  int mounted = overlay(root, upper, work);
  struct clone_args clone = {.flags = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS,
                             .exit_signal = SIGCHLD};
  int child = syscall(SYS_clone3, &clone, sizeof clone);
  must(child, "clone3");
  if (child == 0) become(target, mounted, groups, names, procs);
  int status;
  must(waitpid(child, &status, 0), "waitpid");
  if (status != 0) die("the container failed");
  close(mounted);
  for (int i = 0; i < groups; i++) {
    close(procs[i]);
    while (rmdir(made[i]) < 0 && errno == EBUSY) usleep(100);
  }
  must(rmdir(inner) | rmdir(work) | rmdir(upper), "scratch");
}

int main(int count, char **arguments) {
  if (count < 6 || count > 21) {
    fprintf(stderr, "floor ROOT SCRATCH NAME NUMBERS CONTROLLERS...\n");
    return 2;
  }
  read_filter(arguments[4]);
  char byte;
  while (read(0, &byte, 1) == 1) {
    start(arguments[1], arguments[2], arguments[3], count - 5, arguments + 5);
    if (write(1, &byte, 1) != 1) return 1;
  }
  return 0;
}
