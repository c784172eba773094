package io.kuber.server.aggregate;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.server.aggregate.Question.Reply;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.trust.FrontProxy;
import io.kuber.server.tunnel.SessionThreads;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the APIServices of a store, passes requests on to the servers that they name, and keeps
 * their conditions while this server leads.
 *
 * <p>What it hands out is immutable and replaced as a whole. As long as nobody registers a server,
 * it does nothing and makes no connection.
 */
public final class Aggregation implements Elsewhere, Store.Listener, AutoCloseable {
  /** Of all requests to all servers; an upgraded connection takes two. */
  private static final int THREADS = 2048;

  private static final Set<String> PLACES =
      Set.of(Resources.SERVICES.qualifiedName(), Resources.ENDPOINT_SLICES.qualifiedName());

  private static final Logger LOG = LoggerFactory.getLogger(Aggregation.class);

  private final Store store;
  private final Loop loop;
  private final InstantSource clock;
  private final Supplier<Client> clients;
  private final Dialer dialer;
  private final Errands errands;
  private final Rounds rounds;
  private final Permits permits = new Permits();
  private final SessionThreads threads = new SessionThreads(THREADS);
  private final AtomicBoolean lookIsDue = new AtomicBoolean();
  private volatile Registrations registrations;
  private volatile ForeignApis known = ForeignApis.NONE;
  private volatile boolean leads;

  /**
   * Follows a store.
   *
   * @param proof shown to the other servers
   * @param clients makes the client that writes conditions, once there is one to write
   */
  public Aggregation(Store store, Loops loops, FrontProxy proof, Supplier<Client> clients) {
    this.store = store;
    this.loop = loops.loop("aggregation");
    this.clock = loops.clock();
    this.clients = clients;
    this.dialer = new Dialer(proof, clock);
    this.errands = new Errands(dialer, loops.loop("aggregation-time"));
    this.rounds = new Rounds(loop, clock, new Question(errands), store::image, this::heard);
    this.registrations = Registrations.of(store.image());
    take(store.subscribe(this));
  }

  private void take(Image image) {
    registrations = Registrations.of(image);
    lookSoon();
  }

  private void lookSoon() {
    boolean isNews = !registrations.elsewhere().isEmpty() || !known.versions().isEmpty();
    if (isNews && lookIsDue.compareAndSet(false, true)) {
      loop.execute(this::look);
    }
  }

  private void look() {
    lookIsDue.set(false);
    rounds.look(registrations);
  }

  @Override
  public void changed(Delta delta, Image image) {
    String resource = delta.key().resource();
    if (resource.equals(Resources.API_SERVICES.qualifiedName())) {
      take(image);
    } else if (PLACES.contains(resource)) {
      lookSoon();
    }
  }

  @Override
  public void replaced(Image image) {
    take(image);
  }

  /** This server leads from now on, or does not any more. */
  public void lead(boolean nowLeads) {
    leads = nowLeads;
    lookSoon();
  }

  /** What the servers said last; on the loop. */
  private void heard(Map<String, Reply> replies) {
    Registrations now = registrations;
    List<ForeignVersion> versions = new ArrayList<>();
    for (Registration each : now.elsewhere().values()) {
      versions.add(version(each, Optional.ofNullable(replies.get(each.groupVersion()))));
    }
    ForeignApis next =
        versions.isEmpty() ? ForeignApis.NONE : new ForeignApis(versions, now.groupRanks());
    if (!next.equals(known)) {
      known = next;
    }
    if (leads) {
      replies.forEach(
          (name, reply) -> {
            Registration to = now.elsewhere().get(name);
            if (to != null) {
              write(to, reply.availability());
            }
          });
    }
  }

  private static ForeignVersion version(Registration to, Optional<Reply> reply) {
    return new ForeignVersion(
        to.group(),
        to.version(),
        to.versionPriority(),
        reply.map(Reply::resources).orElse(Items.EMPTY),
        reply.map(Reply::openApi).orElse(""),
        reply.filter(said -> said.availability().isAvailable()).isEmpty());
  }

  /** Somebody who writes at the same time changes the APIService, and so makes us look again. */
  private void write(Registration to, Availability availability) {
    Stored stored = store.image().get(Resources.API_SERVICES.key("", to.name()));
    Optional<KubeObject> written =
        stored == null
            ? Optional.empty()
            : availability.writtenInto(stored.object(), clock.instant());
    written.ifPresent(
        api ->
            clients
                .get()
                .updateSubresource(Resources.API_SERVICES, "status", api)
                .whenComplete(
                    (done, failure) -> {
                      if (failure != null) {
                        LOG.debug("the condition of {} is written later", to.name(), failure);
                      }
                    }));
  }

  @Override
  public Optional<Registration> at(String group, String version) {
    return registrations.at(group, version);
  }

  @Override
  public ForeignApis known() {
    return known;
  }

  @Override
  public void pass(ServerRequest request, Registration to) {
    Backends backends = Backends.of(to, store.image());
    if (!to.isAvailable() || backends.missing().isPresent()) {
      throw new ApiException(
          StatusReason.SERVICE_UNAVAILABLE, "the server is currently unable to handle the request");
    }
    boolean isLongRunning =
        request.isLongRunning() || Protocols.protocol(request.request()).isPresent();
    Runnable giveBack = permits.take(to, isLongRunning);
    try {
      new Forwarding(request, to, backends.places(), dialer, threads).begin(giveBack);
    } catch (RuntimeException refused) {
      giveBack.run();
      throw refused;
    }
  }

  /** Whether nobody else answers anything. */
  public boolean isEmpty() {
    return registrations.elsewhere().isEmpty();
  }

  /**
   * Deletes what other servers keep in a namespace that ends, and tells what is left. Blocks a
   * bounded time for each of their resources.
   */
  public Swept sweep(String namespace) {
    return new Sweep(errands, store.image(), namespace)
        .of(registrations.elsewhere().values(), known);
  }

  @Override
  public void close() {
    store.unsubscribe(this);
    rounds.close();
    threads.close();
  }
}
