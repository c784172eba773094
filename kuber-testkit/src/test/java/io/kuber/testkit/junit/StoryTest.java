package io.kuber.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import io.kuber.testkit.TestCluster;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What people read when a test has failed. */
final class StoryTest {
  private static String printed(Class<?> type) {
    List<String> entries = new CopyOnWriteArrayList<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(type))
                .configurationParameter("junit.platform.output.capture.stderr", "true")
                .build(),
            new TestExecutionListener() {
              @Override
              public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                entries.addAll(entry.getKeyValuePairs().values());
              }
            });
    return String.join("", entries);
  }

  @Test
  void tellsWhatHappenedInATestThatFails() {
    String story = printed(Failing.class);
    assertThat(story)
        .containsPattern("(?m)^What happened in Failing\\.sells\\(\\), which failed; times since")
        .containsPattern(
            "(?m)^ +\\+\\d+\\.\\d{3}s  created   deployment default/web by fabric8\\S*$")
        .containsPattern(
            "(?m)^ +\\+\\d+\\.\\d{3}s  created   pod default/web-\\S+ by kube-controller-manager$")
        .containsPattern("(?m)^ .*  changed   pod default/web-\\S+( by \\S+)?: Pending.* -> ")
        .containsPattern("(?m)^ .*  changed   deployment default/web by .*: .*readyReplicas")
        .containsPattern("(?m)^ .*  event     deployment default/web Normal ScalingReplicaSet: ")
        .containsPattern(
            "(?m)^ .*  refused   create configmaps/default/Bad by kubernetes-admin with fabric8\\S*"
                + " -> 422: .*Invalid value");
    assertThat(story.lines())
        .as(story)
        .hasSizeLessThanOrEqualTo(50)
        .noneMatch(line -> line.contains("lease") || line.contains("endpointslice"))
        .noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void saysNothingOfATestThatSucceeds() {
    assertThat(printed(Succeeding.class)).doesNotContain("What happened");
  }

  @KuberTest(nodes = 1)
  static class Failing {
    @Test
    void sells(TestCluster cluster, KubernetesClient client) {
      client.resource(deployment()).create();
      cluster.await(cluster.patience(), () -> isReady(cluster));
      try {
        client
            .resource(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("Bad")
                    .withNamespace("default")
                    .endMetadata()
                    .build())
            .create();
      } catch (KubernetesClientException refused) {
        throw new AssertionError("the shop is closed", refused);
      }
    }

    private static boolean isReady(TestCluster cluster) {
      Stored web = cluster.image().get(Resources.DEPLOYMENTS.key("default", "web"));
      return web != null && web.object().status().number(0, "readyReplicas") == 1;
    }

    private static Deployment deployment() {
      return new DeploymentBuilder()
          .withNewMetadata()
          .withName("web")
          .withNamespace("default")
          .endMetadata()
          .withNewSpec()
          .withNewSelector()
          .addToMatchLabels("app", "web")
          .endSelector()
          .withNewTemplate()
          .withNewMetadata()
          .addToLabels("app", "web")
          .endMetadata()
          .withNewSpec()
          .addNewContainer()
          .withName("web")
          .withImage("shop:1")
          .endContainer()
          .endSpec()
          .endTemplate()
          .endSpec()
          .build();
    }
  }

  @KuberTest
  static class Succeeding {
    @Test
    void sells(TestCluster cluster) {
      assertThat(cluster.history().changes()).isNotEmpty();
    }
  }
}
