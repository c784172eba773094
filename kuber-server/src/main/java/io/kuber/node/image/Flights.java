package io.kuber.node.image;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** What is under way, so that the same is not begun twice. May be used from any thread. */
final class Flights<K, V> {
  private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

  /** Joins what is under way for a key, or begins it. */
  CompletableFuture<V> join(K key, Supplier<CompletableFuture<V>> begin) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> other = underWay.putIfAbsent(key, mine);
    if (other != null) {
      return other;
    }
    CompletionStage<V> begun;
    try {
      begun = begin.get();
    } catch (RuntimeException | Error e) {
      begun = CompletableFuture.failedFuture(e);
    }
    begun.whenComplete(
        (value, failure) -> {
          underWay.remove(key, mine);
          if (failure == null) {
            mine.complete(value);
          } else {
            mine.completeExceptionally(failure);
          }
        });
    return mine;
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }
}
