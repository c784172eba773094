package io.kuber.node.image;

import com.google.common.base.Splitter;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What number the user of an image has, from the image's own {@code /etc/passwd} and {@code
 * /etc/group}. The files are an image's, so links in them lead nowhere and their size is bounded.
 */
public final class UserNames {
  private static final int LARGEST_FILE = 1 << 20;
  private static final int READ_BYTES = 64 << 10;
  private static final Splitter COLON = Splitter.on(':');
  private static final Splitter COMMA = Splitter.on(',');
  private static final Splitter LINES = Splitter.on('\n');

  private final Syscalls linux;
  private final List<Path> layers;

  /**
   * The users of an image, or of a container.
   *
   * @param layers topmost first
   */
  public UserNames(Syscalls linux, List<Path> layers) {
    this.linux = linux;
    this.layers = List.copyOf(layers);
  }

  /** {@code uid:gid} for the user of an image's configuration; as it was where no file knows it. */
  public String resolve(String user) throws IOException {
    if (user.isEmpty()) {
      return "";
    }
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String group = colon < 0 ? "" : user.substring(colon + 1);
    Optional<List<String>> entry = entry("passwd", name, 4);
    String uid = isNumber(name) ? name : entry.map(fields -> fields.get(2)).orElse("");
    String gid;
    if (group.isEmpty()) {
      gid = entry.map(fields -> fields.get(3)).orElse("0");
    } else {
      gid = isNumber(group) ? group : entry("group", group, 3).map(f -> f.get(2)).orElse("");
    }
    return isNumber(uid) && isNumber(gid) ? uid + ":" + gid : user;
  }

  /** The groups that have a user, given by name or number, among their members. */
  public List<Integer> groups(String user) throws IOException {
    String name = entry("passwd", user, 4).map(fields -> fields.get(0)).orElse(user);
    List<Integer> groups = new ArrayList<>();
    for (String line : LINES.split(read("group"))) {
      List<String> parts = COLON.splitToList(line);
      if (parts.size() > 3
          && isNumber(parts.get(2))
          && COMMA.splitToList(parts.get(3)).contains(name)) {
        groups.add(Integer.parseInt(parts.get(2)));
      }
    }
    return groups;
  }

  /** The number of a group, given by name or number; empty where no file knows the name. */
  public Optional<Integer> group(String group) throws IOException {
    String number =
        isNumber(group) ? group : entry("group", group, 3).map(f -> f.get(2)).orElse("");
    return isNumber(number) ? Optional.of(Integer.parseInt(number)) : Optional.empty();
  }

  /** The home of a user, given by name or number; empty where no file knows it. */
  public Optional<String> home(String user) throws IOException {
    return entry("passwd", user, 6).map(fields -> fields.get(5)).filter(home -> !home.isEmpty());
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,10}");
  }

  /** The line of a name or a number, with at least so many fields. */
  private Optional<List<String>> entry(String file, String key, int fields) throws IOException {
    for (String line : LINES.split(read(file))) {
      List<String> parts = COLON.splitToList(line);
      if (parts.size() >= fields
          && (parts.get(0).equals(key) || (isNumber(key) && parts.get(2).equals(key)))) {
        return Optional.of(parts);
      }
    }
    return Optional.empty();
  }

  /** The file of the topmost layer that has it; empty where none has, or where it is hidden. */
  private String read(String name) throws IOException {
    for (Path layer : layers) {
      int root = linux.open(layer.toString(), Uapi.O_PATH, 0);
      try {
        int directory = linux.openInRoot(root, "etc", Uapi.O_PATH, 0);
        try {
          int type = linux.mode(directory, name) & Uapi.S_IFMT;
          if (type == Uapi.S_IFREG) {
            return read(directory, name);
          } else if (type != 0) {
            return "";
          }
        } finally {
          linux.close(directory);
        }
      } catch (SyscallException e) {
        if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR)) {
          throw new IOException("the users of the image cannot be read", e);
        }
      } finally {
        linux.close(root);
      }
    }
    return "";
  }

  private String read(int directory, String name) throws IOException {
    int file = linux.openInRoot(directory, name, Uapi.O_RDONLY, 0);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[READ_BYTES];
      int count = linux.read(file, buffer, 0, buffer.length);
      while (count > 0) {
        out.write(buffer, 0, count);
        if (out.size() > LARGEST_FILE) {
          throw new IOException(
              "etc/" + name + " of the image has over " + LARGEST_FILE + " bytes");
        }
        count = linux.read(file, buffer, 0, buffer.length);
      }
      return out.toString(StandardCharsets.UTF_8);
    } finally {
      linux.close(file);
    }
  }
}
