package io.kuber.server.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Base64;
import java.util.Optional;

/**
 * An APIService that names another server.
 *
 * @param name of the APIService
 * @param namespace of the Service
 * @param service its name
 * @param port of the Service
 * @param caBundle PEM of who may vouch for the server; empty for those whom the system trusts
 * @param insecure whether the server need not prove who it is
 * @param versionPriority of the version within its group
 * @param isAvailable whether its condition says so
 */
public record Registration(
    String name,
    String group,
    String version,
    String namespace,
    String service,
    int port,
    String caBundle,
    boolean insecure,
    long versionPriority,
    boolean isAvailable) {
  private static final int HTTPS = 443;

  /** With which a mistake is mended. */
  private static final String OWN = "apiregistration.k8s.io";

  /** What an APIService says; empty for one that this server answers itself. */
  static Optional<Registration> of(KubeObject api) {
    Tree spec = api.spec();
    boolean isAlwaysOurs = spec.text("group").isEmpty() || spec.text("group").equals(OWN);
    if (!spec.has("service") || isAlwaysOurs) {
      return Optional.empty();
    }
    Tree service = spec.tree("service");
    return Optional.of(
        new Registration(
            api.name(),
            spec.text("group"),
            spec.text("version"),
            service.text("namespace"),
            service.text("name"),
            (int) service.number(HTTPS, "port"),
            new String(Base64.getDecoder().decode(spec.text("caBundle")), UTF_8),
            spec.isTrue("insecureSkipTLSVerify"),
            spec.number(0, "versionPriority"),
            Availability.isSaidBy(api)));
  }

  /** Such as {@code metrics.k8s.io/v1beta1}. */
  String groupVersion() {
    return group + "/" + version;
  }

  /** What the server is called in its certificate. */
  String host() {
    return service + "." + namespace + ".svc";
  }

  /** The same server, whatever became of its condition. */
  boolean leadsWhere(Registration other) {
    return withAvailable(other.isAvailable).equals(other);
  }

  private Registration withAvailable(boolean other) {
    return new Registration(
        name, group, version, namespace, service, port, caBundle, insecure, versionPriority, other);
  }
}
