package io.kuber.server.audit;

import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.loop.Loops;
import io.kuber.server.metric.AuditMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an {@link Audit} of what the owner of a server has chosen. */
public final class Audits {
  private Audits() {}

  /**
   * Opens an audit.
   *
   * @param policy a file
   * @throws IOException when a file cannot be used; the message begins with the option that names
   *     it
   */
  public static Audit open(
      Path policy, Optional<LogConfig> log, Optional<WebhookConfig> webhook, Loops loops)
      throws IOException {
    Policy read = read(policy);
    AuditMetrics metrics = new AuditMetrics();
    List<Backend> backends = new ArrayList<>();
    if (webhook.isPresent()) {
      backends.add(webhook.get().opened(loops, metrics));
    }
    if (log.isPresent()) {
      backends.add(log.get().opened(loops.clock(), metrics));
    }
    return new Audit(read, backends, loops.loop("audit"), metrics);
  }

  private static Policy read(Path file) throws IOException {
    try {
      return PolicyReader.read(Yaml.parse(Files.readAllBytes(file)));
    } catch (MalformedException | IllegalArgumentException wrong) {
      throw new IOException("--audit-policy-file " + file + ": " + wrong.getMessage(), wrong);
    } catch (IOException e) {
      throw new IOException("--audit-policy-file: cannot read " + e, e);
    }
  }
}
