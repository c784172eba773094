package io.kuber.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The users and groups that an image knows, from its {@code /etc/passwd} and {@code /etc/group}.
 *
 * @param users the fields of each line
 * @param groups the fields of each line
 */
record Accounts(List<List<String>> users, List<List<String>> groups) {
  /** Of a longer file the rest is not read: an image must not fill the agent's memory. */
  private static final int LONGEST_FILE = 1 << 20;

  private static final int NAME = 0;
  private static final int ID = 2;
  private static final int GROUP_OF_USER = 3;
  private static final int MEMBERS = 3;

  /** Reads what the topmost layer that has the files says; links are not followed. */
  static Accounts of(List<Path> layers) {
    return new Accounts(lines(layers, "passwd"), lines(layers, "group"));
  }

  private static List<List<String>> lines(List<Path> layers, String name) {
    for (Path layer : layers) {
      Path directory = layer.resolve("etc");
      Path file = directory.resolve(name);
      if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return read(file)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> Arrays.asList(line.split(":", -1)))
            .filter(fields -> fields.size() > MEMBERS)
            .toList();
      }
    }
    return List.of();
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ContainerConfigException("cannot read the image's users: " + e);
    }
  }

  Optional<Integer> user(String name) {
    return find(users, NAME, name).map(fields -> number(fields.get(ID)));
  }

  Optional<Integer> group(String name) {
    return find(groups, NAME, name).map(fields -> number(fields.get(ID)));
  }

  /** The first group of a user; 0 for one that the image does not know. */
  int groupOf(int uid) {
    return find(users, ID, Integer.toString(uid))
        .map(fields -> number(fields.get(GROUP_OF_USER)))
        .orElse(0);
  }

  /** The further groups that a user is a member of. */
  List<Integer> groupsOf(int uid) {
    Optional<String> name = find(users, ID, Integer.toString(uid)).map(fields -> fields.get(NAME));
    return groups.stream()
        .filter(
            fields -> name.filter(List.of(fields.get(MEMBERS).split(","))::contains).isPresent())
        .map(fields -> number(fields.get(ID)))
        .toList();
  }

  private static Optional<List<String>> find(List<List<String>> lines, int field, String value) {
    return lines.stream().filter(fields -> fields.get(field).equals(value)).findFirst();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new ContainerConfigException("the image has a user or group of number " + text);
    }
  }
}
