package io.kuber.testkit.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kuber.server.trust.Identity;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.fabric8.Fabric8;
import io.kuber.testkit.history.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients of others within the process, which show a certificate. */
final class RealTimeCertificatesTest {
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
        var user =
            client.resource(new SelfSubjectReviewBuilder().build()).create().getStatus().getUserInfo();
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
}
