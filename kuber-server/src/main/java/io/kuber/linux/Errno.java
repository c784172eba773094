package io.kuber.linux;

import java.util.HashMap;
import java.util.Map;

/** The kernel's error numbers that a node meets; they are the same on x86-64 and aarch64. */
public enum Errno {
  EPERM(1),
  ENOENT(2),
  ESRCH(3),
  EINTR(4),
  EIO(5),
  ENXIO(6),
  E2BIG(7),
  ENOEXEC(8),
  EBADF(9),
  ECHILD(10),
  EAGAIN(11),
  ENOMEM(12),
  EACCES(13),
  EFAULT(14),
  ENOTBLK(15),
  EBUSY(16),
  EEXIST(17),
  EXDEV(18),
  ENODEV(19),
  ENOTDIR(20),
  EISDIR(21),
  EINVAL(22),
  ENFILE(23),
  EMFILE(24),
  ENOTTY(25),
  ETXTBSY(26),
  EFBIG(27),
  ENOSPC(28),
  ESPIPE(29),
  EROFS(30),
  EMLINK(31),
  EPIPE(32),
  EDOM(33),
  ERANGE(34),
  EDEADLK(35),
  ENAMETOOLONG(36),
  ENOLCK(37),
  ENOSYS(38),
  ENOTEMPTY(39),
  ELOOP(40),
  ENODATA(61),
  ETIME(62),
  EPROTO(71),
  EOVERFLOW(75),
  ELIBBAD(80),
  EUSERS(87),
  ENOTSOCK(88),
  EMSGSIZE(90),
  ENOPROTOOPT(92),
  EPROTONOSUPPORT(93),
  EOPNOTSUPP(95),
  EAFNOSUPPORT(97),
  EADDRINUSE(98),
  EADDRNOTAVAIL(99),
  ENETDOWN(100),
  ENETUNREACH(101),
  ECONNRESET(104),
  ENOBUFS(105),
  ENOTCONN(107),
  ETIMEDOUT(110),
  ECONNREFUSED(111),
  EHOSTUNREACH(113),
  EALREADY(114),
  EINPROGRESS(115),
  ESTALE(116),
  EDQUOT(122),
  ENOMEDIUM(123);

  private static final Map<Integer, Errno> BY_NUMBER = new HashMap<>();

  static {
    for (Errno errno : values()) {
      BY_NUMBER.put(errno.number, errno);
    }
  }

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The name of an error number, or {@code errno 4711} for one that is not listed here. */
  public static String name(int number) {
    Errno errno = BY_NUMBER.get(number);
    return errno == null ? "errno " + number : errno.name();
  }
}
