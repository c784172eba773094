package io.kuber.node;

import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events about pods through the API. An event that comes again counts up the one that is
 * there, and not more often than every few seconds. Fields belong to the loop.
 */
public final class EventRecorder implements PodEvents {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  /** Events on their way to the loop; what comes beyond that is dropped. */
  private static final int MOST_WAITING = 1000;

  private static final int MOST_WRITES = 4;

  /** Events that are remembered, so that their repetitions are counted. */
  private static final int MOST_REMEMBERED = 2000;

  private static final Duration REPETITION_PAUSE = Duration.ofSeconds(5);

  /** The longest message that the API takes (core/v1 Event validation). */
  private static final int LONGEST_MESSAGE = 1024;

  private final Client client;
  private final Loop loop;
  private final InstantSource clock;
  private final String node;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Queue<Entry> due = new ArrayDeque<>();
  private final Map<Occurrence, Entry> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Occurrence, Entry> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private int writes;
  private long made;

  /** Writes events as the kubelet of {@code node}. */
  public EventRecorder(Client client, Loop loop, InstantSource clock, String node) {
    this.client = client;
    this.loop = loop;
    this.clock = clock;
    this.node = node;
  }

  /** What makes two events the same. */
  private record Occurrence(
      String podUid, String container, boolean warning, String reason, String message) {}

  /** An event and how often it has come. */
  private static final class Entry {
    private final KubeObject event;
    private long count;
    private Instant last = Instant.EPOCH;
    private boolean isDue;
    private boolean isWritten;

    Entry(KubeObject event) {
      this.event = event;
    }
  }

  @Override
  public void record(
      KubeObject pod, String container, boolean warning, String reason, String message) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      LOG.debug("too many events, dropped {} of pod {}", reason, pod.name());
      return;
    }
    String shown =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    Occurrence occurrence = new Occurrence(pod.uid(), container, warning, reason, shown);
    loop.execute(
        () -> {
          waiting.decrementAndGet();
          note(occurrence, pod);
        });
  }

  private void note(Occurrence occurrence, KubeObject pod) {
    Instant now = clock.instant();
    Entry entry =
        remembered.computeIfAbsent(occurrence, unused -> new Entry(event(occurrence, pod, now)));
    entry.count++;
    entry.last = now;
    if (!entry.isDue) {
      entry.isDue = true;
      if (entry.isWritten) {
        loop.schedule(REPETITION_PAUSE, () -> enqueue(entry));
      } else {
        enqueue(entry);
      }
    }
  }

  private void enqueue(Entry entry) {
    due.add(entry);
    writeNext();
  }

  private void writeNext() {
    while (writes < MOST_WRITES && !due.isEmpty()) {
      writes++;
      write(due.remove());
    }
  }

  private void write(Entry entry) {
    entry.isDue = false;
    Tree repetition = Tree.of("count", entry.count, "lastTimestamp", seconds(entry.last));
    KubeObject event = entry.event;
    boolean again = entry.isWritten;
    entry.isWritten = true;
    (again
            ? client.patch(
                Resources.EVENTS, event.namespace(), event.name(), "", PatchType.MERGE, repetition)
            : client.create(
                Resources.EVENTS,
                event.with(entry.count, "count").with(seconds(entry.last), "lastTimestamp")))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.debug("event {} not written", event.name(), failure);
              }
              loop.execute(
                  () -> {
                    writes--;
                    writeNext();
                  });
            });
  }

  private KubeObject event(Occurrence occurrence, KubeObject pod, Instant now) {
    made++;
    String name = pod.name() + "." + Long.toHexString(now.toEpochMilli() * 1000 + made % 1000);
    Tree.Builder involved =
        Tree.builder()
            .put("kind", "Pod")
            .put("namespace", pod.namespace())
            .put("name", pod.name())
            .put("uid", pod.uid())
            .put("apiVersion", "v1")
            .put("resourceVersion", pod.resourceVersion());
    if (!occurrence.container.isEmpty()) {
      involved.put("fieldPath", fieldPath(pod, occurrence.container));
    }
    Tree event =
        Resources.EVENTS
            .object(pod.namespace(), name)
            .tree()
            .with("involvedObject", involved.build())
            .with("reason", occurrence.reason)
            .with("message", occurrence.message)
            .with("source", Tree.of("component", "kubelet", "host", node))
            .with("firstTimestamp", seconds(now))
            .with("type", occurrence.warning ? "Warning" : "Normal")
            .with("reportingComponent", "kubelet")
            .with("reportingInstance", node);
    return KubeObject.of(event);
  }

  private static String fieldPath(KubeObject pod, String container) {
    boolean init =
        pod.spec().items("initContainers").trees().stream()
            .anyMatch(declared -> declared.text("name").equals(container));
    return (init ? "spec.initContainers{" : "spec.containers{") + container + "}";
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
