package io.kuber.server.login;

import io.kuber.access.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The users of a file with a line for each: token, user, uid, and the groups between quotation
 * marks (apiserver, pkg/authentication/token/tokenfile). Read once, at the start.
 *
 * <p>Tokens are looked up by their hash, so that the time it takes tells nothing of them.
 */
public final class TokenFile implements Function<String, Optional<User>> {
  private static final long MAX_BYTES = 10L << 20;
  private static final int LEAST_FIELDS = 3;

  private final Map<String, User> users;

  private TokenFile(Map<String, User> users) {
    this.users = users;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read, or a line of it makes no sense; the message names
   *     file and line, and no token
   */
  public static TokenFile read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    Map<String, User> users = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        add(lines.get(i), users, file + ", line " + (i + 1));
      }
    }
    return new TokenFile(Map.copyOf(users));
  }

  private static void add(String line, Map<String, User> users, String place) throws IOException {
    List<String> fields = CsvLine.fields(line);
    if (fields.size() < LEAST_FIELDS || fields.get(0).isEmpty() || fields.get(1).isEmpty()) {
      throw new IOException(
          place + ": a line has a token, a user, a uid and perhaps \"groups,in,quotes\"");
    }
    List<String> groups = new ArrayList<>();
    if (fields.size() > LEAST_FIELDS) {
      for (String group : fields.get(LEAST_FIELDS).split(",", -1)) {
        if (!group.isBlank()) {
          groups.add(group.strip());
        }
      }
    }
    groups.add(User.AUTHENTICATED);
    User user = new User(fields.get(1), fields.get(2), groups, Map.of());
    if (users.put(hash(fields.get(0)), user) != null) {
      throw new IOException(place + ": the same token was given to somebody before");
    }
  }

  /** Whose a token is. */
  @Override
  public Optional<User> apply(String token) {
    return Optional.ofNullable(users.get(hash(token)));
  }

  private static String hash(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
