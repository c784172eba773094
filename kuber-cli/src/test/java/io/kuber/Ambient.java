package io.kuber;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.Set;

/**
 * What a program can take out of the air: threads, the time, random numbers. Code that does so
 * behaves differently each time, and a simulation cannot replay it.
 */
final class Ambient {
  /** Types whose every use counts. */
  private static final Set<String> TYPES =
      Set.of(
          "java.util.Random",
          "java.security.SecureRandom",
          "java.util.SplittableRandom",
          "java.util.concurrent.ThreadLocalRandom",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.concurrent.ForkJoinPool",
          "java.util.Timer");

  /** Members that count, of types that are harmless otherwise. */
  private static final Map<String, Set<String>> MEMBERS =
      Map.ofEntries(
          // Thread.currentThread().interrupt() passes on what somebody else asked for.
          Map.entry(
              "java.lang.Thread",
              Set.of(
                  "<init>",
                  "start",
                  "sleep",
                  "onSpinWait",
                  "ofVirtual",
                  "ofPlatform",
                  "startVirtualThread")),
          Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.util.Date", Set.of("<init>")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry("java.util.Collection", Set.of("parallelStream")),
          Map.entry("java.util.List", Set.of("parallelStream")),
          Map.entry("java.util.Collections", Set.of("shuffle")),
          Map.entry(
              "java.util.concurrent.CompletableFuture", Set.of("orTimeout", "delayedExecutor")),
          Map.entry("java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system")),
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")));

  private Ambient() {}

  /** A use of any of them. */
  static DescribedPredicate<JavaAccess<?>> uses() {
    return DescribedPredicate.describe(
        "threads, the time or random numbers",
        access -> {
          String owner = access.getTargetOwner().getName();
          return TYPES.contains(owner)
              || MEMBERS.getOrDefault(owner, Set.of()).contains(access.getName());
        });
  }
}
