package io.kuber.testkit.history;

import io.kuber.resource.Resources;
import io.kuber.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What happened, for people: a line for each entry that tells them something, with the time since
 * the beginning. Immutable.
 */
public final class Timeline {
  /** Lines that are shown unless somebody wants others. */
  public static final int LINES = 40;

  /** Kinds whose objects follow from others. */
  private static final Set<String> BACKGROUND =
      Set.of(
          Resources.LEASES.qualifiedName(),
          Resources.ENDPOINTS.qualifiedName(),
          Resources.ENDPOINT_SLICES.qualifiedName(),
          Resources.CONTROLLER_REVISIONS.qualifiedName(),
          Resources.IP_ADDRESSES.qualifiedName());

  /** What every namespace has. */
  private static final Set<String> FURNITURE =
      Set.of(
          Resources.SERVICE_ACCOUNTS.qualifiedName() + " default",
          Resources.CONFIG_MAPS.qualifiedName() + " kube-root-ca.crt");

  private final List<Entry> entries;
  private final Optional<Instant> start;

  private Timeline(List<Entry> entries, Optional<Instant> start) {
    this.entries = List.copyOf(entries);
    this.start = start;
  }

  /** The entries, all of them. */
  public static Timeline of(List<Entry> entries) {
    return new Timeline(entries, Optional.empty());
  }

  /** The same with times since that moment; without it, since the first line. */
  public Timeline since(Instant moment) {
    return new Timeline(entries, Optional.of(moment));
  }

  /** Only what a test does and causes, without what every cluster has and does by itself. */
  public Timeline ofTest() {
    return only(entry -> !isBackground(entry));
  }

  /** Only what happened to one object: its changes, requests for it, and events about it. */
  public Timeline about(Key key, String kind) {
    return only(entry -> isAbout(entry, key, kind));
  }

  private Timeline only(Predicate<Entry> wanted) {
    return new Timeline(entries.stream().filter(wanted).toList(), start);
  }

  private static boolean isBackground(Entry entry) {
    if (!(entry instanceof Change change)) {
      return false;
    }
    Key key = change.key();
    return BACKGROUND.contains(key.resource())
        || FURNITURE.contains(key.resource() + " " + key.name())
        || key.namespace().startsWith("kube-");
  }

  private static boolean isAbout(Entry entry, Key key, String kind) {
    if (entry instanceof Request request) {
      return request.key().equals(key);
    }
    if (!(entry instanceof Change change)) {
      return true;
    }
    return change.key().equals(key)
        || change.key().resource().equals(Resources.EVENTS.qualifiedName())
            && ClusterEvent.of(change.after()).isAbout(kind, key.namespace(), key.name());
  }

  /** The last {@link #LINES} lines. */
  @Override
  public String toString() {
    return text(LINES, false);
  }

  /**
   * The last lines.
   *
   * @param most lines
   * @param inColour with the escape sequences of terminals
   */
  public String text(int most, boolean inColour) {
    List<Line> all = lines();
    Instant zero = start.orElseGet(() -> all.isEmpty() ? Instant.EPOCH : all.get(0).at());
    StringBuilder text = new StringBuilder();
    int skipped = Math.max(0, all.size() - most);
    if (skipped > 0) {
      text.append("  ... ").append(skipped).append(" lines before these\n");
    }
    for (Line line : all.subList(skipped, all.size())) {
      String time = ago(Duration.between(zero, line.at()));
      String body = "%-8s  %s".formatted(line.label(), line.text());
      text.append("%11s  ".formatted(time))
          .append(inColour ? line.tone().paint(body) : body)
          .append('\n');
    }
    return text.toString();
  }

  /** All lines; those that say the same one after another are one. */
  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    Line last = null;
    int count = 0;
    for (Entry entry : entries) {
      Line line = Teller.tell(entry).orElse(null);
      if (line == null) {
        continue;
      }
      if (last != null && last.saysAs(line)) {
        count++;
        lines.set(lines.size() - 1, last.times(count));
        continue;
      }
      lines.add(line);
      last = line;
      count = 1;
    }
    return lines;
  }

  /** {@code +0.012s}, {@code +2m05s}, {@code +3h00m05s}. */
  static String ago(Duration time) {
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return "+%d.%03ds".formatted(time.toSeconds(), time.toMillisPart());
    }
    return time.toHours() == 0
        ? "+%dm%02ds".formatted(time.toMinutes(), time.toSecondsPart())
        : "+%dh%02dm%02ds".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
