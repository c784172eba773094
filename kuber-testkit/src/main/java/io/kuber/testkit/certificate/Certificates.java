package io.kuber.testkit.certificate;

import io.kuber.api.ApiException;
import io.kuber.boot.Kuber;
import io.kuber.client.Client;
import io.kuber.http.LocalServer;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.server.trust.ClientCertificates;
import io.kuber.server.trust.Identity;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Gives certificates to clients of a cluster, and lets those in who show one: while it is valid by
 * the clock of the cluster, with the rights of the user whom it names; then they get 401.
 *
 * <pre>{@code
 * Identity alice = cluster.certificates().issue("alice", Duration.ofHours(8), "developers");
 * Client client = cluster.certificates().client(alice.certificate());
 * }</pre>
 *
 * <p>For any thread.
 */
public final class Certificates {
  private static final ResourceType REQUESTS = Resources.CERTIFICATE_SIGNING_REQUESTS;

  /** What a certificate gets that asks for no less (--cluster-signing-duration). */
  private static final Duration LIFETIME = Duration.ofDays(365);

  private static final int PATIENCE_SECONDS = 60;

  private final Kuber kuber;

  /** Certificates of clients of this cluster. */
  public Certificates(Kuber kuber) {
    this.kuber = kuber;
  }

  /** A certificate of a user, valid from now on and for that time, and its key. */
  public Identity issue(String user, Duration lifetime, String... groups) {
    return kuber.certificates().issue(user, List.of(groups), lifetime);
  }

  /**
   * Signs a CertificateSigningRequest that was approved, as the signers of Kubernetes do: for as
   * long as its {@code expirationSeconds} say, at most a year. Where the cluster's own signer was
   * there first, its certificate is the one.
   *
   * @param name of the request, which has the certificate in its status afterwards
   */
  public X509Certificate sign(String name) {
    KubeObject request = approved(name);
    if (isIssued(request)) {
      return issued(request);
    }
    X509Certificate signed = sign(name, request.spec());
    byte[] pem = ClientCertificates.pem(signed).getBytes(StandardCharsets.US_ASCII);
    try {
      write(request.with(Base64.getEncoder().encodeToString(pem), "status", "certificate"));
      return signed;
    } catch (ApiException refused) {
      KubeObject now = approved(name);
      if (isIssued(now)) {
        return issued(now);
      }
      throw refused;
    }
  }

  private KubeObject approved(String name) {
    Stored stored = kuber.image().get(REQUESTS.key("", name));
    if (stored == null) {
      throw new IllegalArgumentException("there is no request " + name);
    }
    KubeObject request = stored.object();
    if (Condition.find(request.status(), "Approved").isEmpty()) {
      throw new IllegalStateException("the request " + name + " was not approved");
    }
    return request;
  }

  private static boolean isIssued(KubeObject request) {
    return !request.status().text("certificate").isEmpty();
  }

  private static X509Certificate issued(KubeObject request) {
    byte[] pem = Base64.getDecoder().decode(request.status().text("certificate"));
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (CertificateException e) {
      throw new IllegalStateException("the certificate of " + request.name() + " is none", e);
    }
  }

  private X509Certificate sign(String name, Tree spec) {
    byte[] request = Base64.getDecoder().decode(spec.text("request"));
    long seconds = spec.number(LIFETIME.toSeconds(), "expirationSeconds");
    try {
      return kuber
          .certificates()
          .sign(
              new String(request, StandardCharsets.US_ASCII),
              spec.items("usages").texts(),
              Duration.ofSeconds(Math.min(seconds, LIFETIME.toSeconds())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the request " + name + " cannot be signed", e);
    }
  }

  private void write(KubeObject signed) {
    try {
      kuber
          .client()
          .updateSubresource(REQUESTS, "status", signed)
          .toCompletableFuture()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refused ? refused : e;
    }
  }

  /** kuber's own client, which shows a certificate. */
  public Client client(X509Certificate shown) {
    return kuber.known().client(shown);
  }

  /** Takes HTTP requests of a client of this process that shows a certificate. */
  public LocalServer server(X509Certificate shown) {
    return kuber.known().server(shown);
  }
}
