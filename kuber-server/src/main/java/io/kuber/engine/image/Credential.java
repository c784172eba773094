package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.Keyring;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What clients say about themselves to registries, in the header {@code X-Registry-Auth}. */
final class Credential {
  private Credential() {}

  /**
   * Reads the header: JSON in URL-safe base64.
   *
   * @throws EngineException 400 when it is malformed, or a token that is not supported
   */
  static List<Credentials> parse(String header) {
    if (header.isBlank()) {
      return List.of();
    }
    try {
      String usual = header.strip().replace('+', '-').replace('/', '_');
      byte[] json = Base64.getUrlDecoder().decode(usual);
      Tree tree = json.length == 0 ? Tree.EMPTY : Json.parse(json);
      return of(tree);
    } catch (IllegalArgumentException | MalformedException | ClassCastException e) {
      throw new EngineException(400, "X-Registry-Auth: " + e.getMessage(), e);
    }
  }

  private static List<Credentials> of(Tree tree) {
    if (!tree.text("identitytoken").isEmpty() || !tree.text("registrytoken").isEmpty()) {
      throw EngineException.malformed(
          "X-Registry-Auth: identity and registry tokens are not supported; log in with a user"
              + " name and a password");
    }
    String both = tree.text("auth");
    if (tree.text("username").isEmpty() && !both.isEmpty()) {
      String plain = new String(Base64.getMimeDecoder().decode(both), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      return colon < 0
          ? List.of()
          : List.of(new Credentials(plain.substring(0, colon), plain.substring(colon + 1)));
    }
    return tree.text("username").isEmpty()
        ? List.of()
        : List.of(new Credentials(tree.text("username"), tree.text("password")));
  }

  /** The credentials for the registry of an image. */
  static Keyring keyring(ImageReference wanted, List<Credentials> credentials) {
    return Keyring.of(wanted.registry(), credentials);
  }
}
