package io.kuber.node.proxy;

import static java.util.Objects.requireNonNull;

import io.kuber.linux.Errno;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.Ipv4;
import io.kuber.node.policy.PolicySet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Service addresses without nf_tables: listens on them and copies bytes. Cluster addresses become
 * the loopback link's own, if the process may do that. Endpoints see the node's address.
 *
 * <p>Lives in the network namespace of the thread that opens it; called by one thread.
 */
final class UserSpaceProxy implements ServiceProxy {
  private static final Logger LOG = LoggerFactory.getLogger(UserSpaceProxy.class);
  private static final int HOST_PREFIX = 32;

  private final String reason;
  private final Syscalls kernel;
  private final RulePlanner planner = new RulePlanner();
  private final RelayLoop loop = new RelayLoop("service-relay");
  private final Map<Frontend, Listener> listeners = new HashMap<>();
  private final Set<Frontend> failed = new HashSet<>();
  private final Set<Ipv4> addresses = new HashSet<>();
  private RuleSet served = RuleSet.EMPTY;
  private boolean ignoresPolicies;

  UserSpaceProxy(Syscalls kernel, String reason) {
    this.kernel = kernel;
    this.reason = reason;
  }

  @Override
  public String description() {
    return "user space, because " + reason;
  }

  @Override
  public void update(Services services, PolicySet policies) {
    warnOfPolicies(policies);
    RulePlanner.Plan plan = planner.plan(services);
    plan.refusals().forEach(refusal -> LOG.warn("not served: {}", refusal));
    Map<Frontend, Balance> rules = plan.rules().rules();
    endAllBut(rules);
    changeThoseOf(rules);
    rules.forEach(this::serveNew);
    served = plan.rules();
    releaseUnused();
  }

  /** Said once each time it begins to be true. */
  private void warnOfPolicies(PolicySet policies) {
    boolean ignores = !policies.equals(PolicySet.EMPTY);
    if (ignores && !ignoresPolicies) {
      LOG.warn("network policies are NOT enforced: that needs nf_tables, and {}", reason);
    }
    ignoresPolicies = ignores;
  }

  /** Without endpoints nobody listens, so that clients are refused at once. */
  private void endAllBut(Map<Frontend, Balance> rules) {
    List<Listener> ended = new ArrayList<>();
    listeners
        .entrySet()
        .removeIf(
            entry -> {
              Balance balance = rules.get(entry.getKey());
              boolean ends = balance == null || balance.isEmpty();
              return ends && ended.add(entry.getValue());
            });
    if (!ended.isEmpty()) {
      loop.run(() -> ended.forEach(Listener::close));
    }
  }

  /** Waits, so that nobody is treated by an old rule once the update is over. */
  private void changeThoseOf(Map<Frontend, Balance> rules) {
    List<Runnable> changes = new ArrayList<>();
    listeners.forEach(
        (frontend, listener) -> {
          Balance balance = requireNonNull(rules.get(frontend));
          if (!balance.equals(served.rules().get(frontend))) {
            changes.add(() -> listener.balance(balance));
          }
        });
    if (!changes.isEmpty()) {
      loop.run(() -> changes.forEach(Runnable::run));
    }
  }

  private void serveNew(Frontend frontend, Balance balance) {
    if (!balance.isEmpty() && !listeners.containsKey(frontend)) {
      begin(frontend, balance);
    }
  }

  /** What fails, such as a port that is taken, is tried again with every update. */
  private void begin(Frontend frontend, Balance balance) {
    try {
      claim(frontend.address());
      listeners.put(frontend, listen(frontend, balance));
      failed.remove(frontend);
    } catch (IOException | SyscallException e) {
      if (failed.add(frontend)) {
        LOG.warn("not served: {} port {}: {}", frontend.address(), frontend.port(), e.getMessage());
      }
    }
  }

  private Listener listen(Frontend frontend, Balance balance) throws IOException {
    InetSocketAddress address = new InetSocketAddress(frontend.address().inet(), frontend.port());
    return switch (frontend.protocol()) {
      case TCP -> TcpListener.open(loop, address, balance);
      case UDP -> UdpListener.open(loop, address, balance);
      case SCTP -> throw new IOException("Java has no SCTP here; it needs nf_tables");
    };
  }

  /** Makes an address the machine's own. */
  private void claim(Ipv4 address) {
    if (address.equals(Frontend.ANY) || addresses.contains(address)) {
      return;
    }
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.addAddress(RouteNetlink.LOOPBACK, address.inet(), HOST_PREFIX);
    } catch (SyscallException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
    }
    addresses.add(address);
  }

  private void releaseUnused() {
    Set<Ipv4> unused = new HashSet<>(addresses);
    served.rules().keySet().forEach(frontend -> unused.remove(frontend.address()));
    if (unused.isEmpty()) {
      return;
    }
    addresses.removeAll(unused);
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      unused.forEach(
          address -> routes.deleteAddress(RouteNetlink.LOOPBACK, address.inet(), HOST_PREFIX));
    } catch (SyscallException e) {
      LOG.warn("service addresses stay on the loopback link: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    loop.close();
    listeners.clear();
    served = RuleSet.EMPTY;
    releaseUnused();
  }
}
