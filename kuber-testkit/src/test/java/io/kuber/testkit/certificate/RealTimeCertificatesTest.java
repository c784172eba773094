package io.kuber.testkit.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kuber.server.trust.Identity;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.fabric8.Fabric8;
import io.kuber.testkit.history.Request;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** Clients of others, which show a certificate. */
final class RealTimeCertificatesTest {
  private static final char[] PASSWORD = {};

  private static KubernetesClient client(TestCluster cluster, Identity shown) {
    return Fabric8.client(cluster.certificates().server(shown.certificate()));
  }

  @Test
  void knowsFabric8ByItsCertificate() throws Exception {
    try (TestCluster cluster = TestCluster.start()) {
      Identity alice = cluster.certificates().issue("alice", Duration.ofHours(1), "developers");
      Identity late = cluster.certificates().issue("late", Duration.ofMinutes(-1));
      try (KubernetesClient client = client(cluster, alice);
          KubernetesClient stranger = client(cluster, late)) {
        var review = client.resource(new SelfSubjectReviewBuilder().build()).create();
        var user = review.getStatus().getUserInfo();
        assertThat(user.getUsername()).isEqualTo("alice");
        assertThat(user.getGroups()).containsExactly("developers", "system:authenticated");
        assertThatThrownBy(() -> stranger.configMaps().inNamespace("default").list())
            .isInstanceOfSatisfying(
                KubernetesClientException.class,
                refused -> assertThat(refused.getCode()).isEqualTo(401));
      }
      assertThat(cluster.history().requests()).extracting(Request::code).contains(401);
    }
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  private static SSLContext showing(Identity identity, String authority) throws Exception {
    KeyStore own = empty();
    own.setKeyEntry("own", identity.key(), PASSWORD, new Certificate[] {identity.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    KeyStore trusted = empty();
    byte[] pem = Base64.getDecoder().decode(authority);
    trusted.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static int status(Config place, Identity shown) throws Exception {
    URI namespaces = URI.create(place.getMasterUrl()).resolve("/api/v1/namespaces");
    return HttpClient.newBuilder()
        .sslContext(showing(shown, place.getCaCertData()))
        .build()
        .send(HttpRequest.newBuilder(namespaces).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void takesTheSameCertificatesAtThePort() throws Exception {
    try (TestCluster cluster = TestCluster.start()) {
      Config place = Config.fromKubeconfig(cluster.kubeconfig().toFile());
      Certificates made = cluster.certificates();
      Duration hour = Duration.ofHours(1);
      assertThat(status(place, made.issue("ann", hour, "system:masters"))).isEqualTo(200);
      assertThat(status(place, made.issue("bob", hour))).isEqualTo(403);
      assertThat(status(place, made.issue("late", Duration.ofMinutes(-1), "system:masters")))
          .isEqualTo(401);
    }
  }
}
