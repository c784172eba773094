package io.kuber.boot;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.LocalApis;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.scheduling.SystemPriorities;
import io.kuber.resource.builtin.storage.LocalClasses;
import io.kuber.server.member.ApiEndpoints;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The objects that every cluster has from its first moment; made where they are missing. */
final class Bootstrap {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");
  private static final long HTTPS = 443;
  private static final long TIMEOUT_SECONDS = 20;

  private final Client client;
  private final Supplier<Image> image;
  private final InstantSource clock;
  private final ClusterNetwork network;

  /** Objects are looked for in {@code image} first: at most starts they are all there. */
  Bootstrap(Client client, Supplier<Image> image, InstantSource clock, ClusterNetwork network) {
    this.client = client;
    this.image = image;
    this.clock = clock;
    this.network = network;
  }

  /** Makes the namespaces. */
  void namespaces() throws StartException {
    for (String name : NAMESPACES) {
      ensure(Resources.NAMESPACES, Resources.NAMESPACES.object("", name));
    }
  }

  /**
   * Makes the objects that clients of any Kubernetes expect, all at once: what is there already
   * stays as people have made it, but for roles, to which is added what they lack.
   */
  void standardObjects(Catalogue catalogue) throws StartException {
    List<CompletableFuture<KubeObject>> made =
        new ArrayList<>(new StandardRoles(client, image.get()).mend());
    made.addAll(create(Resources.PRIORITY_CLASSES, SystemPriorities.classes()));
    made.addAll(create(Resources.STORAGE_CLASSES, LocalClasses.all()));
    made.addAll(create(Resources.API_SERVICES, LocalApis.of(catalogue)));
    made.addAll(new StandardFlows(client, image.get()).mend(clock.instant()));
    for (CompletableFuture<KubeObject> each : made) {
      ensure(() -> each);
    }
  }

  /** Mends flow schemas and priority levels, and tells of schemas whose level is missing. */
  void flows() throws StartException {
    for (CompletableFuture<KubeObject> each :
        new StandardFlows(client, image.get()).mendAndTell(clock.instant())) {
      ensure(() -> each);
    }
  }

  private List<CompletableFuture<KubeObject>> create(ResourceType type, List<KubeObject> objects) {
    return objects.stream()
        .filter(each -> isMissing(type, each))
        .map(each -> client.create(type, each).toCompletableFuture())
        .toList();
  }

  /** Makes a ConfigMap, or gives it the data that it should have. */
  void configMap(KubeObject wanted) throws StartException {
    Stored present = image.get().get(Resources.CONFIG_MAPS.keyOf(wanted));
    if (present == null) {
      ensure(Resources.CONFIG_MAPS, wanted);
    } else if (!present.object().tree().tree("data").equals(wanted.tree().tree("data"))) {
      KubeObject mended = present.object().with(wanted.tree().tree("data"), "data");
      await(() -> client.update(Resources.CONFIG_MAPS, mended));
    }
  }

  /**
   * Makes sure that the cluster gives the addresses that it began with.
   *
   * @throws StartException when its Service {@code kubernetes} has one of others
   */
  void checkAddresses() throws StartException {
    Stored api = image.get().get(Resources.SERVICES.key("default", "kubernetes"));
    String has = api == null ? "" : api.object().spec().text("clusterIP");
    if (!has.isEmpty() && !has.equals(network.apiAddress())) {
      throw new StartException(
          "--service-cidr: service kubernetes of this cluster has the address %s, which is not the first of %s; give the block that the cluster was made with"
              .formatted(has, network.services()));
    }
  }

  /** Makes the ServiceCIDR of the block that Services have unless more are made. */
  void serviceCidr() throws StartException {
    ensure(
        Resources.SERVICE_CIDRS,
        Resources.SERVICE_CIDRS
            .object("", "kubernetes")
            .with(Tree.of("cidrs", Items.of(network.services().toString())), "spec"));
  }

  /** Makes the Service under which pods find the API servers. */
  void kubernetesService() throws StartException {
    ensure(
        Resources.SERVICES,
        Resources.SERVICES
            .object("default", "kubernetes")
            .with(Tree.of("component", "apiserver", "provider", "kubernetes"), "metadata", "labels")
            .with(
                Tree.of(
                    "type",
                    "ClusterIP",
                    "clusterIP",
                    network.apiAddress(),
                    "ports",
                    Items.of(Tree.of("name", "https", "port", HTTPS, "protocol", "TCP"))),
                "spec"));
  }

  /** Makes the Service behind which each node answers names. */
  void namesService() throws StartException {
    ensure(Resources.SERVICES, ClusterDns.service(network.namesAddress()));
  }

  /** Carries out what leads the Service to the servers that there are. */
  void write(List<ApiEndpoints.Write> writes) throws StartException {
    for (ApiEndpoints.Write write : writes) {
      if (write instanceof ApiEndpoints.Write.Put put) {
        replace(put.type(), put.object());
      } else if (write instanceof ApiEndpoints.Write.Remove remove) {
        remove(remove.type(), remove.name());
      }
    }
  }

  private void ensure(ResourceType type, KubeObject object) throws StartException {
    if (isMissing(type, object)) {
      ensure(() -> client.create(type, object));
    }
  }

  private boolean isMissing(ResourceType type, KubeObject object) {
    return image.get().get(type.keyOf(object)) == null;
  }

  /** Another server that starts may have been quicker. */
  private static void ensure(Supplier<CompletionStage<KubeObject>> request) throws StartException {
    try {
      await(request);
    } catch (ApiException e) {
      if (e.reason() != StatusReason.ALREADY_EXISTS && e.reason() != StatusReason.CONFLICT) {
        throw e;
      }
    }
  }

  private void replace(ResourceType type, KubeObject object) throws StartException {
    try {
      await(() -> client.create(type, object));
    } catch (ApiException e) {
      if (e.reason() != StatusReason.ALREADY_EXISTS) {
        throw e;
      }
      await(() -> client.update(type, object));
    }
  }

  private void remove(ResourceType type, String name) throws StartException {
    try {
      await(() -> client.delete(type, "default", name, DeleteOptions.DEFAULT));
    } catch (ApiException e) {
      if (e.reason() != StatusReason.NOT_FOUND) {
        throw e;
      }
    }
  }

  static <T> T await(Supplier<CompletionStage<T>> request) throws StartException {
    try {
      return request.get().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException e) {
      throw e.getCause() instanceof ApiException refused
          ? refused
          : new IllegalStateException("the API failed", e.getCause());
    } catch (TimeoutException e) {
      throw new StartException(
          "the store did not take a write within " + TIMEOUT_SECONDS + " s; is the disk stuck?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while starting");
    }
  }
}
