package io.kuber.boot;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The Service {@code kube-system/kube-dns}, which leads to the DNS server of a node. It has no
 * selector; the node writes its EndpointSlice itself.
 */
final class ClusterDns {
  private static final String NAMESPACE = "kube-system";
  private static final String NAME = "kube-dns";
  private static final int PORT = 53;
  private static final long TIMEOUT_SECONDS = 10;

  private final Client client;

  ClusterDns(Client client) {
    this.client = client;
  }

  /** Makes the Service with {@code clusterIp} and leads it to {@code server}; blocks. */
  void publish(String clusterIp, InetSocketAddress server, String node) {
    publish(clusterIp);
    await(lead(server, node));
  }

  /** Makes the Service; blocks. */
  void publish(String clusterIp) {
    await(orElse(client.create(Resources.SERVICES, service(clusterIp)), Resources.SERVICES, NAME));
  }

  /** Leads the Service to the server of a node. */
  CompletionStage<KubeObject> lead(InetSocketAddress server, String node) {
    KubeObject slice = slice(server, node);
    Tree where =
        Tree.of("endpoints", slice.tree().items("endpoints"), "ports", slice.tree().items("ports"));
    return client
        .create(Resources.ENDPOINT_SLICES, slice)
        .exceptionallyCompose(
            there ->
                client.patch(
                    Resources.ENDPOINT_SLICES,
                    NAMESPACE,
                    slice.name(),
                    "",
                    PatchType.MERGE,
                    where));
  }

  private CompletionStage<KubeObject> orElse(
      CompletionStage<KubeObject> created, ResourceType type, String name) {
    return created.exceptionallyCompose(
        failure ->
            reason(failure) == StatusReason.ALREADY_EXISTS
                ? client.get(type, NAMESPACE, name)
                : CompletableFuture.failedStage(failure));
  }

  private static StatusReason reason(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ApiException refused ? refused.reason() : StatusReason.INTERNAL_ERROR;
  }

  /** Each node has a server of its own, so nobody's names depend on another node. */
  static KubeObject service(String clusterIp) {
    Items ports =
        Items.of(
            Tree.of(
                "name", "dns", "protocol", "UDP", "port", (long) PORT, "targetPort", (long) PORT),
            Tree.of(
                "name",
                "dns-tcp",
                "protocol",
                "TCP",
                "port",
                (long) PORT,
                "targetPort",
                (long) PORT));
    return Resources.SERVICES
        .object(NAMESPACE, NAME)
        .with(
            Tree.of(
                "k8s-app", NAME,
                "kubernetes.io/cluster-service", "true",
                "kubernetes.io/name", "CoreDNS"),
            "metadata",
            "labels")
        .with(
            Tree.of(
                "type",
                "ClusterIP",
                "clusterIP",
                clusterIp,
                "internalTrafficPolicy",
                "Local",
                "ports",
                ports),
            "spec");
  }

  private static KubeObject slice(InetSocketAddress server, String node) {
    long port = server.getPort();
    Tree endpoint =
        Tree.of(
            "addresses", Items.of(server.getAddress().getHostAddress()),
            "conditions", Tree.of("ready", true, "serving", true, "terminating", false),
            "nodeName", node);
    Tree whole =
        Resources.ENDPOINT_SLICES
            .object(NAMESPACE, NAME + "-" + node)
            .with(
                Tree.of(
                    "kubernetes.io/service-name",
                    NAME,
                    "endpointslice.kubernetes.io/managed-by",
                    "node.kuber.io"),
                "metadata",
                "labels")
            .tree()
            .with("addressType", "IPv4")
            .with("endpoints", Items.of(endpoint))
            .with(
                "ports",
                Items.of(
                    Tree.of("name", "dns", "protocol", "UDP", "port", port),
                    Tree.of("name", "dns-tcp", "protocol", "TCP", "port", port)));
    return KubeObject.of(whole);
  }

  private static void await(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "Service " + NAMESPACE + "/" + NAME + " cannot be made: " + e.getCause(), e);
    }
  }
}
