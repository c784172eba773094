package io.kuber.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.object.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a kubeconfig says of the receiver that its current context names.
 *
 * @param authorization a header; empty for none
 */
record ReceiverFile(URI server, String authorization, SSLContext tls) {
  /** What would have to be asked of other programs, or be looked up with every request. */
  private static final List<String> UNKNOWN = List.of("exec", "auth-provider", "as");

  /**
   * Reads it.
   *
   * @param file stands where names of other files start from
   * @throws IllegalArgumentException when a field cannot be used; it names the field
   */
  static ReceiverFile of(Tree config, Path file) throws IOException, GeneralSecurityException {
    String current = config.text("current-context");
    Tree context =
        named(config, "contexts", "context", current)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "current-context: there is no context \"" + current + '"'));
    Tree cluster =
        named(config, "clusters", "cluster", context.text("cluster"))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "contexts: there is no cluster \"" + context.text("cluster") + '"'));
    Tree user =
        context.text("user").isEmpty()
            ? Tree.EMPTY
            : named(config, "users", "user", context.text("user"))
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "contexts: there is no user \"" + context.text("user") + '"'));
    for (String field : UNKNOWN) {
      if (user.has(field)) {
        throw new IllegalArgumentException(
            "users: " + field + " is not supported; use a token or a client certificate");
      }
    }
    return new ReceiverFile(
        server(cluster),
        authorization(user, file),
        ReceiverTls.context(
            cluster.isTrue("insecure-skip-tls-verify"),
            content(cluster, "certificate-authority", file),
            content(user, "client-certificate", file),
            content(user, "client-key", file)));
  }

  private static Optional<Tree> named(Tree config, String list, String what, String name) {
    return config.items(list).trees().stream()
        .filter(each -> each.text("name").equals(name))
        .map(each -> each.tree(what))
        .findFirst();
  }

  private static URI server(Tree cluster) {
    try {
      URI server = URI.create(cluster.text("server"));
      if (("https".equals(server.getScheme()) || "http".equals(server.getScheme()))
          && server.getHost() != null) {
        return server;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("clusters: server: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "clusters: server: \"" + cluster.text("server") + "\" is no URL of https or http");
  }

  private static String authorization(Tree user, Path file) throws IOException {
    if (!user.text("username").isEmpty()) {
      String both = user.text("username") + ":" + user.text("password");
      return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
    }
    String token =
        user.text("tokenFile").isEmpty()
            ? user.text("token")
            : Files.readString(file.resolveSibling(user.text("tokenFile"))).strip();
    return token.isEmpty() ? "" : "Bearer " + token;
  }

  /** What a field with {@code -data} holds, or the file that the field without names. */
  private static String content(Tree tree, String field, Path file) throws IOException {
    String data = tree.text(field + "-data");
    if (!data.isEmpty()) {
      try {
        return new String(Base64.getDecoder().decode(data), UTF_8);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(field + "-data: is no base64", e);
      }
    }
    String name = tree.text(field);
    return name.isEmpty() ? "" : Files.readString(file.resolveSibling(name));
  }
}
