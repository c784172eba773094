package io.kuber.boot;

import com.google.common.net.HostAndPort;
import io.kuber.api.ApiException;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.raft.Leadership;
import io.kuber.raft.MemberStatus.Role;
import io.kuber.raft.Members;
import io.kuber.resource.Catalogue;
import io.kuber.server.member.ApiEndpoints;
import io.kuber.store.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the leader sees to besides its controllers: the objects that every cluster has, once in each
 * term, the ServiceCIDR of the cluster, flow schemas and priority levels, and that the Service
 * {@code kubernetes} leads to the servers that are there.
 *
 * <p>All state belongs to one loop, which waits for the store when it writes.
 */
final class Upkeep implements Leadership {
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Loop loop;
  private final Store store;
  private final Bootstrap bootstrap;
  private final Supplier<Catalogue> catalogue;
  private final Supplier<KubeObject> extensionTrust;
  private final Supplier<CompletionStage<List<HostAndPort>>> servers;
  private final boolean hasNodesElsewhere;
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private boolean leads;
  private boolean made;
  private String complaint = "";

  /**
   * Upkeep of a cluster, on {@code loop}.
   *
   * @param extensionTrust the ConfigMap that extension servers go by
   * @param servers where the API of each server is that is there
   * @param hasNodesElsewhere whether its nodes are on other machines, and may not make Services
   */
  Upkeep(
      Loop loop,
      Store store,
      Bootstrap bootstrap,
      Supplier<Catalogue> catalogue,
      Supplier<KubeObject> extensionTrust,
      Supplier<CompletionStage<List<HostAndPort>>> servers,
      boolean hasNodesElsewhere) {
    this.loop = loop;
    this.store = store;
    this.bootstrap = bootstrap;
    this.catalogue = catalogue;
    this.extensionTrust = extensionTrust;
    this.servers = servers;
    this.hasNodesElsewhere = hasNodesElsewhere;
  }

  /** Where the API of those is that were heard of late. */
  static CompletionStage<List<HostAndPort>> addresses(Members members) {
    return members
        .status()
        .thenApply(
            all ->
                all.stream()
                    .filter(status -> status.role() != Role.AWAY)
                    .map(status -> status.member().clientAddress())
                    .map(HostAndPort::fromString)
                    .toList());
  }

  /** Completes once the first term of this server has been seen to. */
  CompletionStage<Void> settled() {
    return settled;
  }

  /** Begins to look after things from time to time. */
  void begin() {
    loop.execute(this::turn);
  }

  @Override
  public void changed(boolean nowLeads) {
    loop.execute(
        () -> {
          leads = nowLeads;
          made = false;
          look();
        });
  }

  private void turn() {
    look();
    loop.schedule(PERIOD, this::turn);
  }

  private void look() {
    if (!leads) {
      return;
    }
    try {
      if (!made) {
        bootstrap.checkAddresses();
        bootstrap.namespaces();
        bootstrap.standardObjects(catalogue.get());
        bootstrap.kubernetesService();
        if (hasNodesElsewhere) {
          bootstrap.namesService();
        }
        bootstrap.configMap(extensionTrust.get());
        made = true;
      }
      bootstrap.serviceCidr();
      bootstrap.flows();
      Collection<HostAndPort> there = Bootstrap.await(servers);
      bootstrap.write(ApiEndpoints.plan(there, store.image()));
      complaint = "";
      settled.complete(null);
    } catch (StartException | ApiException | IllegalStateException e) {
      complain(String.valueOf(e.getMessage()));
    }
  }

  /** It is tried again after a while; the log says once why. */
  private void complain(String why) {
    if (!why.equals(complaint)) {
      LOG.warn("the upkeep of the cluster waits: {}", why);
      complaint = why;
    }
  }
}
