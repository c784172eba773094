package io.kuber.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Loop devices: block devices whose content is a file. The numbers and structures are those of the
 * kernel's linux/loop.h.
 *
 * <p>A device outlives the process that made it; {@link #of} finds it again by its file. Whoever
 * attaches files sees to it that no two threads attach the same at a time.
 */
public final class LoopDevices {
  /** Others may take a free device first. */
  private static final int ATTEMPTS = 16;

  private static final String CONTROL = "/dev/loop-control";
  private static final Path BLOCKS = Path.of("/sys/block");
  private static final int MOST_BYTES = 1 << 14;

  private static final long CLEAR = 0x4C01;
  private static final long SET_STATUS = 0x4C04;
  private static final long GET_STATUS = 0x4C05;
  private static final long SET_CAPACITY = 0x4C07;
  private static final long CONFIGURE = 0x4C0A;
  private static final long GET_FREE = 0x4C82;

  /** The device goes by itself when nobody has it open any more. */
  private static final int AUTOCLEAR = 4;

  /** What is written is in the file's own cache once, and not twice. */
  private static final int DIRECT_IO = 16;

  /** {@code struct loop_config}: descriptor, block size, status, reserved. */
  private static final int CONFIG_BYTES = 304;

  private static final int CONFIG_FLAGS = 60;

  /** {@code struct loop_info64}. */
  private static final int STATUS_BYTES = 232;

  private static final int STATUS_FLAGS = 52;
  private static final byte[] NOTHING = {};

  private final Syscalls linux;

  /** Devices of the machine that these calls reach. */
  public LoopDevices(Syscalls linux) {
    this.linux = linux;
  }

  /** Whether the machine has loop devices at all. */
  public static boolean areThere() {
    return Files.exists(Path.of(CONTROL));
  }

  /**
   * The device whose content is the file; empty where there is none.
   *
   * @throws IOException when the machine's devices cannot be listed
   */
  public Optional<Path> of(Path file) throws IOException {
    String wanted = file.toRealPath().toString();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(BLOCKS, "loop*")) {
      for (Path block : all) {
        if (backing(block).equals(wanted)) {
          return Optional.of(Path.of("/dev").resolve(block.getFileName()));
        }
      }
    }
    return Optional.empty();
  }

  /** The path of the file behind a device, or nothing; a device may go while it is looked at. */
  private static String backing(Path block) {
    Path path = block.resolve("loop/backing_file");
    try (InputStream in = new FileInputStream(path.toFile())) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException unbound) {
      return "";
    }
  }

  /**
   * The device of the file, made if there is none; it stays until {@link #detach}.
   *
   * @throws IOException when the machine's devices cannot be listed
   * @throws SyscallException when the machine has no loop devices
   */
  public Path attach(Path file) throws IOException {
    Optional<Path> there = of(file);
    if (there.isPresent() && holds(there.get())) {
      return there.get();
    }
    int content = linux.open(file.toRealPath().toString(), Uapi.O_RDWR, 0);
    try {
      return configured(content);
    } finally {
      linux.close(content);
    }
  }

  private Path configured(int content) {
    for (int attempt = 1; ; attempt++) {
      Path device = Path.of("/dev/loop" + free());
      try {
        control(device, CONFIGURE, configuration(content));
        return device;
      } catch (SyscallException e) {
        if (!e.is(Errno.EBUSY) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static byte[] configuration(int content) {
    ByteBuffer config = ByteBuffer.allocate(CONFIG_BYTES).order(ByteOrder.nativeOrder());
    config.putInt(0, content).putInt(CONFIG_FLAGS, DIRECT_IO);
    return config.array();
  }

  private long free() {
    int control = linux.open(CONTROL, Uapi.O_RDWR, 0);
    try {
      return linux.ioctl(control, GET_FREE, NOTHING);
    } finally {
      linux.close(control);
    }
  }

  /**
   * Takes back that the device is to go, where somebody who still had it open kept it from that.
   */
  private boolean holds(Path device) {
    int opened = linux.open(device.toString(), Uapi.O_RDWR, 0);
    try {
      byte[] status = new byte[STATUS_BYTES];
      linux.ioctl(opened, GET_STATUS, status);
      ByteBuffer fields = ByteBuffer.wrap(status).order(ByteOrder.nativeOrder());
      int flags = fields.getInt(STATUS_FLAGS);
      if ((flags & AUTOCLEAR) != 0) {
        fields.putInt(STATUS_FLAGS, flags & ~AUTOCLEAR);
        linux.ioctl(opened, SET_STATUS, status);
      }
      return true;
    } catch (SyscallException e) {
      if (e.is(Errno.ENXIO)) {
        return false;
      }
      throw e;
    } finally {
      linux.close(opened);
    }
  }

  /** Lets the device become as large as its file is now. */
  public void fit(Path device) {
    control(device, SET_CAPACITY, NOTHING);
  }

  /** Takes the file from the device, as soon as nobody has it open; nothing if it has none. */
  public void detach(Path device) {
    try {
      control(device, CLEAR, NOTHING);
    } catch (SyscallException e) {
      if (!e.is(Errno.ENXIO)) {
        throw e;
      }
    }
  }

  private void control(Path device, long request, byte[] argument) {
    int opened = linux.open(device.toString(), Uapi.O_RDWR, 0);
    try {
      linux.ioctl(opened, request, argument);
    } finally {
      linux.close(opened);
    }
  }
}
