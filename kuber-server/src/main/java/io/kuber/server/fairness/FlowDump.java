package io.kuber.server.fairness;

import io.kuber.fairness.LevelQueues;
import io.kuber.fairness.LevelQueues.Busy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What goes on in the levels, as text for people: the three tables that upstream serves below
 * {@link #PATH}, columns apart by commas.
 */
public final class FlowDump {
  /** Where upstream has them. */
  public static final String PATH = "debug/api_priority_and_fairness";

  private static final String NONE = "<none>";

  private final Flows flows;

  /** Tells of those. */
  public FlowDump(Flows flows) {
    this.flows = flows;
  }

  /**
   * A table; empty for a name that no table has.
   *
   * @param name such as {@code dump_queues}
   * @param detailed whether requests are told with who asks for what
   */
  public Optional<String> table(String name, boolean detailed) {
    return switch (name) {
      case "dump_priority_levels" -> Optional.of(text(levels()));
      case "dump_queues" -> Optional.of(text(queues()));
      case "dump_requests" -> Optional.of(text(requests(detailed)));
      default -> Optional.empty();
    };
  }

  private List<List<String>> levels() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "PriorityLevelName",
            "ActiveQueues",
            "IsIdle",
            "IsQuiescing",
            "WaitingRequests",
            "ExecutingRequests",
            "DispatchedRequests",
            "RejectedRequests",
            "TimedoutRequests",
            "CancelledRequests"));
    for (LevelReading level : flows.readings()) {
      LevelQueues queues = level.queues();
      Tally tally = level.tally();
      rows.add(
          List.of(
              level.level().name(),
              Long.toString(queues.busy().stream().filter(busy -> busy.waiting() > 0).count()),
              Boolean.toString(queues.executing() == 0 && queues.waiting() == 0),
              "false",
              Integer.toString(queues.waiting()),
              Integer.toString(queues.executing()),
              Long.toString(tally.dispatchedCount()),
              Long.toString(tally.refusedCount()),
              Long.toString(tally.tiredCount()),
              Long.toString(tally.cancelledCount())));
    }
    return rows;
  }

  private List<List<String>> queues() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "PriorityLevelName",
            "Index",
            "PendingRequests",
            "ExecutingRequests",
            "SeatsInUse",
            "NextDispatchR",
            "InitialSeatsSum"));
    for (LevelReading level : flows.readings()) {
      for (Busy busy : level.queues().busy()) {
        rows.add(
            List.of(
                level.level().name(),
                level.level().queues().count() == 0 ? NONE : Long.toString(busy.index()),
                Integer.toString(busy.waiting()),
                Integer.toString(busy.executing()),
                Integer.toString(busy.seats()),
                String.format(Locale.ROOT, "%.8fss", busy.next()),
                Integer.toString(busy.waitingSeats())));
      }
    }
    return rows;
  }

  private List<List<String>> requests(boolean detailed) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head =
        List.of(
            "PriorityLevelName",
            "FlowSchemaName",
            "QueueIndex",
            "RequestIndexInQueue",
            "FlowDistingsher",
            "ArriveTime",
            "InitialSeats");
    rows.add(detailed ? plus(head, "UserName", "Verb", "APIPath", "Namespace", "Resource") : head);
    flows
        .guests()
        .forEach(
            (level, guests) -> {
              for (int i = 0; i < guests.size(); i++) {
                Guest guest = guests.get(i);
                long before =
                    guests.subList(0, i).stream().filter(each -> each.lane == guest.lane).count();
                List<String> row =
                    List.of(
                        level,
                        guest.schema,
                        Long.toString(guest.lane),
                        Long.toString(before),
                        guest.distinguisher,
                        Instant.ofEpochSecond(0, guest.since).toString(),
                        Integer.toString(guest.wide));
                rows.add(
                    detailed
                        ? plus(
                            row,
                            guest.asked.user().name(),
                            guest.asked.verb(),
                            guest.asked.path(),
                            guest.asked.namespace(),
                            guest.asked.resource())
                        : row);
              }
            });
    return rows;
  }

  private static List<String> plus(List<String> row, String... more) {
    List<String> all = new ArrayList<>(row);
    all.addAll(List.of(more));
    return all;
  }

  private static String text(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = width(rows, i);
        boolean isLast = i == row.size() - 1;
        text.append(row.get(i)).append(isLast ? "\n" : ",");
        text.append(isLast ? "" : " ".repeat(width - row.get(i).length() + 1));
      }
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
