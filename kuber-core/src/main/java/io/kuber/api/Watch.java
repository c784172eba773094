package io.kuber.api;

import io.kuber.api.ApiAnswer.Watching;
import io.kuber.resource.Kind;
import io.kuber.resource.Served;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import io.kuber.watch.WatchExpiredException;
import io.kuber.watch.WatchHub;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;

/** Follows the changes of all objects that match. */
final class Watch {
  private final Freshness freshness;
  private final WatchHub hub;
  private final Traffic traffic;

  Watch(Freshness freshness, WatchHub hub, Traffic traffic) {
    this.freshness = freshness;
    this.hub = hub;
    this.traffic = traffic;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Served served) {
    ReadOptions read = request.read();
    ReadRules.checkWatch(read);
    Selection selection = Selection.of(request, served);
    return freshness
        .image(read.resourceVersion())
        .thenApply(image -> new Watching(served, open(request, served.kind(), selection, image)));
  }

  /** Without a resource version, or with "0", a watch begins with what there is. */
  private WatchStream open(ApiRequest request, Kind kind, Selection selection, Image image) {
    ReadOptions read = request.read();
    boolean asked = Boolean.TRUE.equals(read.sendInitialEvents());
    long revision = Versions.parse(read.resourceVersion());
    boolean initial = asked || (revision == 0 && read.sendInitialEvents() == null);
    Iterator<Stored> existing =
        initial
            ? ListObjects.candidates(request, kind, selection, image, null)
            : Collections.emptyIterator();
    long after = initial || revision == 0 ? image.revision() : revision;
    boolean bookmark = asked && read.allowWatchBookmarks();
    try {
      io.kuber.watch.Watch changes =
          hub.open(kind.type().qualifiedName(), request.namespace(), after);
      return new WatchStream(selection, existing, bookmark, image.revision(), changes, traffic);
    } catch (WatchExpiredException expired) {
      throw Failures.expired(String.valueOf(expired.getMessage()));
    }
  }
}
