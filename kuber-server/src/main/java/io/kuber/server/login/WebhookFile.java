package io.kuber.server.login;

import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import io.kuber.server.trust.AuthorityFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a webhook of the API server is, as a file in the form of a kubeconfig tells it: the cluster
 * and the user of its current context, or its only ones.
 *
 * @param server an https URL
 * @param tls believes who vouches for it
 * @param token shown to it; empty for none
 */
record WebhookFile(URI server, SSLContext tls, String token) {
  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read, or lacks what is needed; the message says what
   */
  static WebhookFile read(Path file) throws IOException {
    try {
      List<Tree> documents = Yaml.parseTrees(Files.readAllBytes(file));
      if (documents.size() != 1) {
        throw new IOException(file + " has to be one document");
      }
      return of(file, documents.get(0));
    } catch (MalformedException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static WebhookFile of(Path file, Tree config) throws IOException {
    Tree context = named(config, "contexts", config.text("current-context")).tree("context");
    Tree cluster = named(config, "clusters", context.text("cluster")).tree("cluster");
    Tree user = named(config, "users", context.text("user")).tree("user");
    URI server = URI.create(cluster.text("server"));
    if (!"https".equals(server.getScheme()) || server.getHost() == null) {
      throw new IOException(
          file + ": clusters[].cluster.server has to be of the form https://HOST");
    }
    if (cluster.isTrue("insecure-skip-tls-verify")) {
      throw new IOException(
          file
              + ": clusters[].cluster.insecure-skip-tls-verify: who answers for users has to prove"
              + " who it is; name certificate-authority");
    }
    if (!user.text("client-certificate").isEmpty() || user.has("client-certificate-data")) {
      throw new IOException(file + ": users[].user.client-certificate is not supported; use token");
    }
    return new WebhookFile(server, tls(file, cluster), token(file, user));
  }

  /** An entry by its name; the only one where no name is given. */
  private static Tree named(Tree config, String list, String name) {
    List<Tree> entries = config.items(list).trees();
    if (name.isEmpty() && entries.size() == 1) {
      return entries.get(0);
    }
    return entries.stream()
        .filter(entry -> entry.text("name").equals(name))
        .findFirst()
        .orElse(Tree.EMPTY);
  }

  private static SSLContext tls(Path file, Tree cluster) throws IOException {
    String data = cluster.text("certificate-authority-data");
    if (!data.isEmpty()) {
      return AuthorityFile.context(
          Base64.getMimeDecoder().decode(data), file + ": certificate-authority-data");
    }
    String path = cluster.text("certificate-authority");
    return AuthorityFile.context(
        path.isEmpty() ? Optional.empty() : Optional.of(file.resolveSibling(path)));
  }

  private static String token(Path file, Tree user) throws IOException {
    String path = user.text("tokenFile");
    return path.isEmpty()
        ? user.text("token")
        : Files.readString(file.resolveSibling(path)).strip();
  }
}
