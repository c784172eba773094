package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.Headers;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;

/**
 * What {@code docker login} keeps: {@code config.json} in {@code DOCKER_CONFIG} or {@code
 * ~/.docker}, with base64 of {@code user:password} for each registry. Programs that keep
 * credentials elsewhere ({@code credsStore}) are not asked.
 */
final class Credentials {
  private static final String AUTHS = "auths";

  private final Path file;
  private final Tree config;

  private Credentials(Path file, Tree config) {
    this.file = file;
    this.config = config;
  }

  /** Those of whoever runs this process; none where there is no file. */
  static Credentials read() throws IOException {
    String directory = System.getenv("DOCKER_CONFIG");
    Path home = Path.of(System.getProperty("user.home"), ".docker");
    return read(
        (directory == null || directory.isEmpty() ? home : Path.of(directory))
            .resolve("config.json"));
  }

  static Credentials read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Credentials(file, Tree.EMPTY);
    }
    try {
      return new Credentials(file, Json.parse(Files.readAllBytes(file)));
    } catch (MalformedException e) {
      throw new CommandFailure(file + ": " + e.getMessage());
    }
  }

  Path file() {
    return file;
  }

  boolean has(String registry) {
    return config.tree(AUTHS).has(registry);
  }

  /** With the credentials for one more registry; a token stands for a password. */
  Credentials with(String registry, String user, String password, String token) {
    Tree auth = Tree.of("auth", base64(user + ":" + (token.isEmpty() ? password : "")));
    Tree kept = token.isEmpty() ? auth : auth.with("identitytoken", token);
    return new Credentials(file, config.withAt(kept, AUTHS, registry));
  }

  Credentials without(String registry) {
    return new Credentials(file, config.withoutAt(AUTHS, registry));
  }

  /** Keeps them in a file that only its owner can read, which is there as a whole or not at all. */
  void write() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path fresh =
        Files.createTempFile(
            directory,
            "config",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, Json.printPretty(config));
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The header {@code X-Registry-Auth} for one registry. */
  Headers header(String registry) {
    return auth(registry)
        .map(auth -> Headers.of("X-Registry-Auth", encoded(auth)))
        .orElse(Headers.EMPTY);
  }

  /** The header {@code X-Registry-Config} of a build, which may fetch from all of them. */
  Headers all() {
    Tree.Builder all = Tree.builder();
    config
        .tree(AUTHS)
        .forEach((registry, kept) -> auth(registry).ifPresent(auth -> all.put(registry, auth)));
    return Headers.of("X-Registry-Config", encoded(all.build()));
  }

  private Optional<Tree> auth(String registry) {
    Tree kept = config.tree(AUTHS, registry);
    if (kept.text("auth").isEmpty()) {
      return Optional.empty();
    }
    String pair = plain(kept.text("auth"));
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new CommandFailure(
          file + ": auths: " + registry + ": auth is not USER:PASSWORD in base64");
    }
    Tree auth =
        Tree.of(
            "username", pair.substring(0, colon),
            "password", pair.substring(colon + 1),
            "serveraddress", registry);
    String token = kept.text("identitytoken");
    return Optional.of(token.isEmpty() ? auth : auth.with("identitytoken", token));
  }

  /** Empty where it is not in base 64. */
  private static String plain(String encoded) {
    try {
      return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String encoded(Tree tree) {
    return Base64.getUrlEncoder().encodeToString(Json.print(tree));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
