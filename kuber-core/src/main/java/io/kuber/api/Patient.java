package io.kuber.api;

import com.google.common.base.Suppliers;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Served;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The verbs for kinds whose conversion, or admission, asks a webhook: on threads of their own, from
 * the first look at the request to its answer, so that a webhook that hangs holds up nobody but
 * those who ask for such kinds. The threads are made when there is the first of them.
 */
final class Patient {
  /** Requests for such kinds at the same time; more wait for their turn. */
  private static final int THREADS = 8;

  private final Supplier<List<Worker>> workers;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * Verbs made by {@code verbs} for a store that answers on a thread of theirs.
   *
   * @param store the one that all other verbs use
   */
  Patient(Loops loops, Store store, BiFunction<Store, Loop, Verbs> verbs) {
    this.workers =
        Suppliers.memoize(
            () ->
                IntStream.range(0, THREADS)
                    .mapToObj(i -> loops.loop("conversion-" + i))
                    .map(loop -> new Worker(loop, verbs.apply(new HandedOver(store, loop), loop)))
                    .toList());
  }

  CompletionStage<ApiAnswer> answer(ApiRequest request, Served served) {
    return answer(verbs -> verbs.answer(request, served));
  }

  /** What verbs answer that may have to wait. */
  CompletionStage<ApiAnswer> answer(Function<Verbs, CompletionStage<ApiAnswer>> asked) {
    Worker worker = next();
    return CompletableFuture.supplyAsync(() -> asked.apply(worker.verbs), worker.loop)
        .thenCompose(answer -> answer);
  }

  /** Something else that may have to wait for a webhook. */
  <T> CompletionStage<T> run(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, next().loop);
  }

  private Worker next() {
    return workers.get().get(Math.floorMod(next.getAndIncrement(), THREADS));
  }

  private record Worker(Loop loop, Verbs verbs) {}

  /** A store whose answers arrive on a loop, and not on the thread that applies. */
  private record HandedOver(Store store, Loop loop) implements Store {
    @Override
    public CompletionStage<Outcome> submit(Command command) {
      return store.submit(command).thenApplyAsync(outcome -> outcome, loop);
    }

    @Override
    public Image image() {
      return store.image();
    }

    @Override
    public CompletionStage<Image> latest() {
      return store.latest().thenApplyAsync(image -> image, loop);
    }

    @Override
    public Image subscribe(Listener listener) {
      return store.subscribe(listener);
    }

    @Override
    public void unsubscribe(Listener listener) {
      store.unsubscribe(listener);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
