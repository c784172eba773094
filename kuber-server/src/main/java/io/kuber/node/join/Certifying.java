package io.kuber.node.join;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.server.trust.CertificateRequest;
import io.kuber.server.trust.Identity;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Has keys certified by CertificateSigningRequests, and waits until they are. Blocks.
 *
 * @param client acts as whoever asks
 * @param name of the node
 * @param patience how long to wait for the certificate
 */
public record Certifying(Client client, String name, Duration patience) {
  /** As the roles of every cluster know the proxy of a node. */
  public static final String PROXY = "system:kube-proxy";

  private static final String SIGNER = "kubernetes.io/";
  private static final String SIGNATURE = "digital signature";
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration REQUEST = Duration.ofSeconds(60);

  /** The node as a client of the API. */
  public Identity node() throws UncertifiedException, InterruptedException {
    return ask(
        "kube-apiserver-client-kubelet",
        request(User.node(name).name(), List.of(User.NODES), List.of(), List.of()),
        "client auth");
  }

  /** The proxy of the node as a client of the API. */
  public Identity proxy() throws UncertifiedException, InterruptedException {
    return ask(
        "kube-apiserver-client", request(PROXY, List.of(), List.of(), List.of()), "client auth");
  }

  /**
   * The node as a server, under its name.
   *
   * @param addresses under which it is reached as well
   */
  public Identity server(List<String> addresses) throws UncertifiedException, InterruptedException {
    return ask(
        "kubelet-serving",
        request(User.node(name).name(), List.of(User.NODES), List.of(name), addresses),
        "server auth");
  }

  private static CertificateRequest request(
      String user, List<String> groups, List<String> names, List<String> addresses) {
    try {
      return CertificateRequest.of(user, groups, names, addresses);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make a request for a certificate", e);
    }
  }

  private Identity ask(String signer, CertificateRequest request, String usage)
      throws UncertifiedException, InterruptedException {
    String called = "node-" + name + "-" + request.mark();
    KubeObject wish =
        Resources.CERTIFICATE_SIGNING_REQUESTS
            .object("", called)
            .with(
                Tree.of(
                    "request",
                    Base64.getEncoder().encodeToString(request.pem().getBytes(US_ASCII)),
                    "signerName",
                    SIGNER + signer,
                    "usages",
                    Items.of(SIGNATURE, usage)),
                "spec");
    await(client.create(Resources.CERTIFICATE_SIGNING_REQUESTS, wish));
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      KubeObject now = await(client.get(Resources.CERTIFICATE_SIGNING_REQUESTS, "", called));
      refuse(now);
      String certificate = now.status().text("certificate");
      if (!certificate.isEmpty()) {
        return given(request, certificate);
      }
      if (System.nanoTime() > end) {
        throw new UncertifiedException(
            "nobody has approved the certificate within %d s; look at it, and approve it, with: kubectl describe csr %s; kubectl certificate approve %s"
                .formatted(patience.toSeconds(), called, called));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }

  private static Identity given(CertificateRequest request, String certificate)
      throws UncertifiedException {
    try {
      return request.with(new String(Base64.getDecoder().decode(certificate), US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new UncertifiedException("the certificate cannot be used: " + e.getMessage());
    }
  }

  private static void refuse(KubeObject request) throws UncertifiedException {
    for (Tree condition : request.status().items("conditions").trees()) {
      if (condition.text("type").equals("Denied") || condition.text("type").equals("Failed")) {
        throw new UncertifiedException(
            condition.text("message").isEmpty()
                ? "the certificate is refused: " + condition.text("reason")
                : condition.text("message"));
      }
    }
  }

  private static KubeObject await(CompletionStage<KubeObject> stage) throws UncertifiedException {
    try {
      return stage.toCompletableFuture().orTimeout(REQUEST.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException refused) {
        throw new UncertifiedException(String.valueOf(refused.getMessage()), refused.reason());
      }
      throw new UncertifiedException("the API does not answer: " + e.getCause());
    }
  }

  /** There is no certificate; the message says why, and what to do where something can be done. */
  public static final class UncertifiedException extends Exception {
    private static final long serialVersionUID = 1;

    private final StatusReason reason;

    UncertifiedException(String message) {
      this(message, StatusReason.UNKNOWN);
    }

    UncertifiedException(String message, StatusReason reason) {
      super(message, null, false, false);
      this.reason = reason;
    }

    /** The reason of the API, where that refused. */
    public StatusReason reason() {
      return reason;
    }
  }
}
