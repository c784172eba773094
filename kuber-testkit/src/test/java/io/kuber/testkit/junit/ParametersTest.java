package io.kuber.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kuber.client.Client;
import io.kuber.resource.Resources;
import io.kuber.testkit.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Node;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the extension hands to tests, each at work on one cluster. */
@KuberTest(nodes = 2)
final class ParametersTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern SERVER = Pattern.compile("server: (https://\\S+)");

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  @Test
  void fabric8RunsADeploymentOnSimulatedNodes(KubernetesClient client) {
    Map<String, String> labels = Map.of("app", "web");
    Deployment web =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("web")
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .withReplicas(2)
            .withNewSelector()
            .withMatchLabels(labels)
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("kuber.io/host")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client.resource(web).create();
    client
        .apps()
        .deployments()
        .inNamespace("default")
        .withName("web")
        .waitUntilCondition(
            now -> now != null && Integer.valueOf(2).equals(now.getStatus().getReadyReplicas()),
            PATIENCE_SECONDS,
            TimeUnit.SECONDS);
    assertThat(client.pods().inNamespace("default").list().getItems())
        .hasSize(2)
        .allSatisfy(pod -> assertThat(pod.getSpec().getNodeName()).startsWith("node-"));
  }

  @Test
  void allClientsSeeTheSameCluster(
      KubernetesClient fabric8, ApiClient official, Client own, TestCluster cluster)
      throws Exception {
    assertThat(own).isSameAs(cluster.client());
    fabric8.resource(namespace("shared")).create();
    CoreV1Api core = new CoreV1Api(official);
    assertThat(core.readNamespace("shared").execute().getStatus().getPhase()).isEqualTo("Active");
    assertThat(core.listNode().execute().getItems())
        .extracting(V1Node::getMetadata)
        .extracting(metadata -> metadata.getName())
        .containsExactly("node-0", "node-1");
    core.deleteNamespace("shared").execute();
    fabric8
        .namespaces()
        .withName("shared")
        .waitUntilCondition(gone -> gone == null, PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(own.list(Resources.NAMESPACES, "", Client.ListOptions.ALL).toCompletableFuture())
        .succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .satisfies(all -> assertThat(all.objects()).hasSize(4));
  }

  @Test
  void aKubeconfigLeadsToAPortOfThisMachine(@Kubeconfig Path file, TestCluster cluster)
      throws Exception {
    assertThat(cluster.kubeconfig()).isEqualTo(file);
    Matcher server = SERVER.matcher(Files.readString(file));
    assertThat(server.find()).isTrue();
    assertThat(URI.create(server.group(1)))
        .hasScheme("https")
        .hasHost("127.0.0.1")
        .satisfies(address -> assertThat(address.getPort()).isPositive());
    assertThat(file.startsWith(System.getProperty("java.io.tmpdir"))).isTrue();
  }
}
