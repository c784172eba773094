package io.kuber.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A conversation with one subsystem of the kernel in one network namespace: requests go out, all
 * answers to them are read before the next request.
 *
 * <p>A socket belongs for ever to the namespace of the thread that opened it, so after opening it
 * may be used from any thread, but from one at a time.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** The subsystems kuber talks to, with the kernel's numbers. */
  public enum Subsystem {
    ROUTE(0),
    NETFILTER(12);

    private final int protocol;

    Subsystem(int protocol) {
      this.protocol = protocol;
    }
  }

  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int MSG_TRUNC = 0x20;

  /** Larger than any datagram the kernel makes for a reader with this much room. */
  private static final int RECEIVE_BYTES = 64 << 10;

  /** Room for the acknowledgements of a whole batch that the kernel refuses. */
  private static final int RECEIVE_QUEUE_BYTES = 4 << 20;

  private static final int DEFAULT_SEND_BYTES = 128 << 10;

  /** The kernel answers while it handles the request; a wait this long means it never will. */
  private static final int ANSWER_MILLIS = 10_000;

  private static final int MOST_MESSAGES = 1_000_000;

  private final Syscalls kernel;
  private final int descriptor;
  private final byte[] received = new byte[RECEIVE_BYTES];
  private int nextSequence = 1;
  private int sendBytes = DEFAULT_SEND_BYTES;

  private NetlinkSocket(Syscalls kernel, int descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
  }

  /** Opens a socket in the network namespace of the calling thread. */
  public static NetlinkSocket open(Syscalls kernel, Subsystem subsystem) {
    int descriptor = kernel.socket(Uapi.AF_NETLINK, Uapi.SOCK_RAW, subsystem.protocol);
    try {
      byte[] anyPort = new byte[12];
      ByteBuffer.wrap(anyPort).order(ByteOrder.nativeOrder()).putShort((short) Uapi.AF_NETLINK);
      kernel.bind(descriptor, anyPort);
      kernel.setsockopt(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, 1);
      kernel.setsockopt(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, 1);
      kernel.setsockopt(descriptor, Uapi.SOL_SOCKET, Uapi.SO_RCVBUF, RECEIVE_QUEUE_BYTES);
      return new NetlinkSocket(kernel, descriptor);
    } catch (SyscallException refused) {
      kernel.close(descriptor);
      throw refused;
    }
  }

  /**
   * Opens a socket in another network namespace, from a thread of its own that enters the namespace
   * and ends, so that no thread that lives on ever changes.
   *
   * @param namespace such as {@code /run/netns/pod} or {@code /proc/4711/ns/net}
   */
  public static NetlinkSocket openIn(Syscalls kernel, Subsystem subsystem, Path namespace) {
    CompletableFuture<NetlinkSocket> opened = new CompletableFuture<>();
    Runnable visit =
        () -> {
          try {
            enter(kernel, namespace);
            opened.complete(open(kernel, subsystem));
          } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
          }
        };
    Thread visitor = new Thread(visit, "netlink-visitor");
    visitor.setDaemon(true);
    visitor.start();
    try {
      return opened.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SyscallException refused) {
        throw refused;
      }
      throw e;
    }
  }

  private static void enter(Syscalls kernel, Path namespace) {
    int target = kernel.open(namespace.toString(), Uapi.O_RDONLY, 0);
    try {
      kernel.setns(target, Uapi.CLONE_NEWNET);
    } finally {
      kernel.close(target);
    }
  }

  /**
   * Sends requests and waits for the answers.
   *
   * @param what the requests in words, for the error's text
   * @return the messages of the answers, without acknowledgements
   * @throws SyscallException with the first error that the kernel reports and its explanation
   */
  List<NetlinkMessage> exchange(String what, NetlinkWriter requests) {
    int first = nextSequence;
    nextSequence += requests.messages();
    byte[] bytes = requests.numbered(first);
    makeRoomFor(bytes.length);
    kernel.sendto(descriptor, bytes, 0);
    if (requests.lastAnswered() < 0) {
      return List.of();
    }
    Answers answers = new Answers(what, first, first + requests.lastAnswered());
    while (!answers.complete) {
      if (!kernel.awaitReadable(descriptor, ANSWER_MILLIS)) {
        throw new SyscallException("netlink(" + what + ")", Errno.ETIMEDOUT.number());
      }
      int length = kernel.recvfrom(descriptor, received, MSG_TRUNC);
      if (length > received.length) {
        throw new SyscallException("netlink(" + what + ")", Errno.EMSGSIZE.number());
      }
      NetlinkMessage.parse(received, length).forEach(answers::take);
    }
    return answers.messages();
  }

  /** A batch of nf_tables has to go out in one piece, however large it is. */
  private void makeRoomFor(int length) {
    if (length > sendBytes / 2) {
      sendBytes = 2 * length;
      kernel.setsockopt(descriptor, Uapi.SOL_SOCKET, Uapi.SO_SNDBUFFORCE, sendBytes);
    }
  }

  @Override
  public void close() {
    kernel.close(descriptor);
  }

  /** Collects the answers to the requests numbered {@code first} to {@code last}. */
  private static final class Answers {
    private final String what;
    private final int first;
    private final int last;
    private final List<NetlinkMessage> messages = new ArrayList<>();
    private int errno;
    private String explanation = "";
    private boolean complete;

    Answers(String what, int first, int last) {
      this.what = what;
      this.first = first;
      this.last = last;
    }

    void take(NetlinkMessage message) {
      int sequence = message.sequence();
      if (sequence < first || sequence > last) {
        return; // A late answer to a request that failed.
      }
      if (message.isAnswer()) {
        takeAnswer(message);
      } else if (messages.size() < MOST_MESSAGES) {
        messages.add(message);
      } else {
        throw new SyscallException("netlink(" + what + ")", Errno.E2BIG.number());
      }
    }

    /** A batch that fails as a whole is answered with the number of its first message. */
    private void takeAnswer(NetlinkMessage answer) {
      if (answer.errno() != 0 && errno == 0) {
        errno = answer.errno();
        explanation = answer.errorText();
      }
      boolean wholeFailed = answer.sequence() == first && answer.errno() != 0;
      complete |= wholeFailed || answer.sequence() == last;
    }

    List<NetlinkMessage> messages() {
      if (errno != 0) {
        String reason = explanation.isEmpty() ? "" : ": " + explanation;
        throw new SyscallException("netlink(" + what + reason + ")", errno);
      }
      return messages;
    }
  }
}
