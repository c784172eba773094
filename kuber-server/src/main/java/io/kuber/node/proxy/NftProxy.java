package io.kuber.node.proxy;

import io.kuber.linux.ConnectionTracking;
import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterElements;
import io.kuber.linux.NetfilterTables;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.Sysctl;
import io.kuber.node.policy.PolicyChanges;
import io.kuber.node.policy.PolicySet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Service addresses in the kernel: one nf_tables table, written as differences to what it was last
 * given. Lives in the network namespace of the thread that opens it; called by one thread.
 */
final class NftProxy implements ServiceProxy {
  private static final Logger LOG = LoggerFactory.getLogger(NftProxy.class);

  /** Each costs the kernel a walk over all it remembers. */
  private static final int MOST_FORGOTTEN = 64;

  private final ProxyConfig config;
  private final NetfilterTables tables;
  private final ConnectionTracking connections;
  private final RulePlanner planner = new RulePlanner();

  /** What the kernel has, and who wrote it; meaningless while {@link #isWritten} is false. */
  private RuleSet written = RuleSet.EMPTY;

  private NftChanges changes;
  private PolicySet enforced = PolicySet.EMPTY;
  private PolicyChanges policyChanges = new PolicyChanges();
  private boolean isWritten;

  private NftProxy(ProxyConfig config, NetfilterTables tables, ConnectionTracking connections) {
    this.config = config;
    this.tables = tables;
    this.connections = connections;
    this.changes = new NftChanges(config);
  }

  /**
   * Opens the proxy; the table is written with the first update.
   *
   * @throws SyscallException if the kernel has no nf_tables or the process may not change it
   */
  static NftProxy open(Syscalls kernel, ProxyConfig config) {
    NetfilterTables tables = NetfilterTables.open(kernel);
    try {
      NftProbe.run(tables, config);
      // Answers to node ports of 127.0.0.1 come in over the bridge; the table guards the rest.
      new Sysctl(kernel).write("net/ipv4/conf/" + config.bridge() + "/route_localnet", "1");
      return new NftProxy(config, tables, ConnectionTracking.open(kernel));
    } catch (RuntimeException | Error e) {
      tables.close();
      throw e;
    }
  }

  @Override
  public String description() {
    return "nf_tables, table " + config.table();
  }

  @Override
  public void update(Services services, PolicySet policies) {
    RulePlanner.Plan plan = planner.plan(services);
    plan.refusals().forEach(refusal -> LOG.warn("not served: {}", refusal));
    NetfilterBatch batch = new NetfilterBatch(config.table());
    if (!isWritten) {
      replaceTable(batch);
    }
    RuleSetDiff diff = RuleSetDiff.between(written, plan.rules());
    if (isWritten && diff.isEmpty() && policies.equals(enforced)) {
      return;
    }
    NetfilterElements elements = new NetfilterElements();
    changes.write(diff, batch, elements);
    policyChanges.write(enforced, policies, batch, elements);
    elements.appendTo(batch);
    isWritten = false;
    tables.commit(summary(diff, policies), batch);
    isWritten = true;
    written = plan.rules();
    enforced = policies;
    forget(StaleFlows.of(diff));
  }

  private void replaceTable(NetfilterBatch batch) {
    NftTable.replace(batch, config);
    changes = new NftChanges(config);
    policyChanges = new PolicyChanges();
    written = RuleSet.EMPTY;
    enforced = PolicySet.EMPTY;
  }

  private String summary(RuleSetDiff diff, PolicySet policies) {
    return policies.equals(enforced)
        ? diff.summary()
        : diff.summary() + " and policies of " + policies.closedPods() + " pods";
  }

  private void forget(List<ConnectionTracking.Flows> stale) {
    try {
      stale.stream().limit(MOST_FORGOTTEN).forEach(connections::forget);
    } catch (SyscallException e) {
      LOG.info("UDP clients stay with a backend that is gone until they pause: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      tables.deleteTable(config.table());
    } finally {
      tables.close();
      connections.close();
    }
  }

  /** Takes away what a killed run left; does nothing if there is nothing. */
  static void reclaim(Syscalls kernel, ProxyConfig config) {
    try (NetfilterTables tables = NetfilterTables.open(kernel)) {
      tables.deleteTable(config.table());
    } catch (SyscallException e) {
      LOG.debug("no nf_tables table to take away: {}", e.getMessage());
    }
  }
}
