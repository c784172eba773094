package io.kuber.testkit.sim;

import com.google.common.base.Throwables;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import io.kuber.testkit.check.Answer;
import io.kuber.testkit.check.CallRecorder;
import io.kuber.testkit.check.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A client that does one thing after the other, each with any server: through the verbs of the API,
 * or straight with the store.
 */
final class SimulatedClient {
  private static final int KEYS = 4;
  private static final int PAUSE_MILLIS = 120;
  private static final Duration PATIENCE = Duration.ofSeconds(13);

  private final String name;
  private final List<Host> hosts;
  private final Loop loop;
  private final Entropy entropy;
  private final CallRecorder recorder;
  private final Supplier<String> values;
  private final Map<String, Long> revisions = new HashMap<>();
  private boolean stopped;
  private long waitsFor;

  SimulatedClient(
      String name, List<Host> hosts, Loops loops, CallRecorder recorder, Supplier<String> values) {
    this.name = name;
    this.hosts = hosts;
    this.loop = loops.loop(name);
    this.entropy = loops.entropy();
    this.recorder = recorder;
    this.values = values;
    pause();
  }

  void stop() {
    stopped = true;
  }

  private void pause() {
    loop.schedule(Duration.ofMillis(1 + entropy.below(PAUSE_MILLIS)), this::next);
  }

  private void next() {
    if (stopped) {
      return;
    }
    Host host = hosts.get(entropy.below(hosts.size()));
    Host.Running server = host.running();
    if (server == null) {
      pause();
      return;
    }
    Request request = request();
    long call = recorder.begin(name + "@" + host, request);
    waitsFor = call;
    CompletionStage<Answer> answer =
        entropy.below(3) == 0 ? toStore(server, request) : toApi(server, request);
    answer.whenComplete(
        (heard, failure) ->
            ended(call, request, failure == null ? heard : answer(request, failure)));
    server.died().thenRun(() -> ended(call, request, new Answer.Unknown("the server died")));
    loop.schedule(PATIENCE, () -> ended(call, request, new Answer.Unknown("silence")));
  }

  private Request request() {
    String key = "map-" + entropy.below(KEYS);
    long expected = revisions.getOrDefault(key, Request.ABSENT);
    return switch (entropy.below(8)) {
      case 0, 1, 2 -> new Request.Get(key);
      case 3 -> new Request.Delete(key, Request.ANY);
      case 4 ->
          expected == Request.ABSENT
              ? new Request.Put(key, expected, values.get())
              : new Request.Delete(key, expected);
      default -> new Request.Put(key, expected, values.get());
    };
  }

  private void ended(long call, Request request, Answer answer) {
    recorder.end(call, answer);
    if (waitsFor == call) {
      waitsFor = 0;
      learn(request, answer);
      pause();
    }
  }

  private void learn(Request request, Answer answer) {
    if (answer instanceof Answer.Written written && request instanceof Request.Put) {
      revisions.put(request.key(), written.revision());
    } else if (answer instanceof Answer.Written) {
      revisions.put(request.key(), Request.ABSENT);
    } else if (answer instanceof Answer.Read read) {
      revisions.put(request.key(), read.revision());
    } else if (answer instanceof Answer.Refused refused && refused.current() == Request.ABSENT) {
      revisions.put(request.key(), Request.ABSENT);
    }
  }

  private static CompletionStage<Answer> toStore(Host.Running server, Request request) {
    String key = request.key();
    if (request instanceof Request.Put put) {
      return server
          .server()
          .submit(new Command.Put(Maps.key(key), put.expected(), Maps.bytes(key, put.value())))
          .thenApply(SimulatedClient::answer);
    }
    if (request instanceof Request.Delete delete && delete.expected() != Request.ANY) {
      byte[] last = Maps.bytes(key, "gone");
      return server
          .server()
          .submit(new Command.Delete(Maps.key(key), delete.expected(), last))
          .thenApply(SimulatedClient::answer);
    }
    return request instanceof Request.Get
        ? server.server().latest().thenApply(image -> read(key, image))
        : toApi(server, request);
  }

  private static Answer answer(Outcome outcome) {
    return outcome instanceof Outcome.Applied applied
        ? new Answer.Written(applied.stored().revision())
        : new Answer.Refused(Answer.UNTOLD);
  }

  private static Answer read(String key, Image image) {
    Stored stored = image.get(Maps.key(key));
    return stored == null
        ? new Answer.Read(Request.ABSENT, "", image.revision())
        : new Answer.Read(stored.revision(), Maps.value(stored), image.revision());
  }

  private static CompletionStage<Answer> toApi(Host.Running server, Request request) {
    String key = request.key();
    if (request instanceof Request.Get) {
      return server
          .client()
          .get(Resources.CONFIG_MAPS, Maps.NAMESPACE, key)
          .thenApply(map -> new Answer.Read(revision(map), Maps.value(map), Answer.UNTOLD));
    }
    if (request instanceof Request.Delete delete) {
      String expected = delete.expected() == Request.ANY ? "" : Long.toString(delete.expected());
      return server
          .client()
          .delete(
              Resources.CONFIG_MAPS, Maps.NAMESPACE, key, new DeleteOptions(-1, "", "", expected))
          .thenApply(done -> new Answer.Written(Answer.UNTOLD));
    }
    Request.Put put = (Request.Put) request;
    KubeObject map = Maps.of(key, put.value());
    CompletionStage<KubeObject> written =
        put.expected() == Request.ABSENT
            ? server.client().create(Resources.CONFIG_MAPS, map)
            : server
                .client()
                .update(
                    Resources.CONFIG_MAPS,
                    map.with(Long.toString(put.expected()), "metadata", "resourceVersion"));
    return written.thenApply(done -> new Answer.Written(revision(done)));
  }

  private static long revision(KubeObject map) {
    return Long.parseLong(map.resourceVersion());
  }

  private static Answer answer(Request request, Throwable failure) {
    Throwable cause = Throwables.getRootCause(failure);
    if (cause instanceof StoreException refused) {
      return refused.outcomeUnknown()
          ? new Answer.Unknown(String.valueOf(refused.getMessage()))
          : new Answer.Failed(String.valueOf(refused.getMessage()));
    }
    if (!(cause instanceof ApiException api)) {
      throw new IllegalStateException("no answer to " + request, failure);
    }
    return answer(request, api.reason(), String.valueOf(api.getMessage()));
  }

  private static Answer answer(Request request, StatusReason reason, String message) {
    return switch (reason) {
      case NOT_FOUND ->
          request instanceof Request.Get
              ? new Answer.Read(Request.ABSENT, "", Answer.UNTOLD)
              : new Answer.Refused(Request.ABSENT);
      case ALREADY_EXISTS, CONFLICT -> new Answer.Refused(Answer.UNTOLD);
      case TIMEOUT -> new Answer.Unknown(message);
      case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> new Answer.Failed(message);
      default -> throw new IllegalStateException(request + ": " + reason + ", " + message);
    };
  }
}
