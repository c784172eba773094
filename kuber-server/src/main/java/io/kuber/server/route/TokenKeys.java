package io.kuber.server.route;

import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.chain.ServerRequest;
import java.util.function.Supplier;

/**
 * How others tell a token of this cluster from a forged one without asking for each: the documents
 * of an OpenID provider (pkg/serviceaccount/openidmetadata.go, OpenID Connect Discovery 1.0).
 *
 * <p>They name the server as clients inside the cluster reach it, as the issuer does.
 */
public final class TokenKeys {
  /** The path of the first document, which leads to the other. */
  static final String CONFIGURATION = ".well-known/openid-configuration";

  /** The path of the keys. */
  static final String KEY_SET = "openid/v1/jwks";

  private static final String CACHED = "public, max-age=3600";

  private final Supplier<Tree> keySet;
  private final String issuer;

  /**
   * Documents about keys.
   *
   * @param keySet a JSON Web Key Set
   * @param issuer of the tokens that they sign
   */
  public TokenKeys(Supplier<Tree> keySet, String issuer) {
    this.issuer = issuer;
    this.keySet = keySet;
  }

  void configuration(ServerRequest request) {
    Tree document =
        Tree.of(
            "issuer", issuer,
            "jwks_uri", issuer + "/" + KEY_SET,
            "response_types_supported", Items.of("id_token"),
            "subject_types_supported", Items.of("public"),
            "id_token_signing_alg_values_supported", Items.of("RS256"));
    respond(request, "application/json", document);
  }

  void keySet(ServerRequest request) {
    respond(request, "application/jwk-set+json", keySet.get());
  }

  private static void respond(ServerRequest request, String contentType, Tree document) {
    request.respond(
        Response.of(200, contentType, Json.print(document)).with("Cache-Control", CACHED));
  }
}
