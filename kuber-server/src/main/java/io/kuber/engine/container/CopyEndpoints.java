package io.kuber.engine.container;

import com.google.common.base.Splitter;
import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Routes;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import io.kuber.node.image.layer.ChangeArchive;
import io.kuber.node.image.layer.LayerException;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.layer.Unpacking;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /containers/{id}/archive}: files out of containers and into them, whether they run or not.
 * Every path is looked up as if the container's root were the machine's, so no link leads out of
 * it. For any thread.
 */
final class CopyEndpoints {
  private static final String STAT = "X-Docker-Container-Path-Stat";
  private static final byte[] NOTHING = {};

  private final Syscalls linux = Syscalls.linux();
  private final Containers containers;

  CopyEndpoints(Containers containers) {
    this.containers = containers;
  }

  void addTo(Routes routes) {
    routes
        .add("HEAD", "/containers/{id}/archive", this::tell)
        .add("GET", "/containers/{id}/archive", this::get)
        .add("PUT", "/containers/{id}/archive", this::put);
  }

  private Life life(Call call) {
    return containers.find(call.path("id"));
  }

  /** A place in a container: the directory that it is in, and its name there. */
  private record Place(List<String> above, String name) {
    static Place of(String path) {
      List<String> parts = new ArrayList<>();
      for (String part : Splitter.on('/').omitEmptyStrings().split(path)) {
        if (part.equals("..") && !parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        } else if (!part.equals(".") && !part.equals("..")) {
          parts.add(part);
        }
      }
      return parts.isEmpty()
          ? new Place(List.of(), ".")
          : new Place(parts.subList(0, parts.size() - 1), parts.get(parts.size() - 1));
    }

    String directory() {
      return above.isEmpty() ? "." : String.join("/", above);
    }

    String whole() {
      return name.equals(".") ? "." : String.join("/", above) + "/" + name;
    }

    /** What clients call it, who are told the root by a slash. */
    String shown() {
      return name.equals(".") ? "/" : name;
    }
  }

  private static String path(Call call) {
    return call.query("path")
        .orElseThrow(() -> EngineException.malformed("path: which file to copy is missing"));
  }

  private RootView view(Life life) throws IOException {
    var running = life.running();
    return running.isPresent()
        ? RootView.inside(linux, running.get())
        : life.files().changes().isPresent()
            ? RootView.writable(linux, life.files().layers(life.record()))
            : RootView.of(linux, life.files().layers(life.record()));
  }

  /** Does something with the directory that a place is in. */
  private interface Deed {
    void with(int directory) throws IOException;
  }

  private void at(Life life, String path, String directory, Deed deed) throws IOException {
    try (RootView view = view(life)) {
      int opened = linux.openInRoot(view.root(), directory, Uapi.O_PATH | Uapi.O_DIRECTORY, 0);
      try {
        deed.with(opened);
      } finally {
        linux.close(opened);
      }
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
        throw absent(life, path, e);
      }
      throw new EngineException(500, String.valueOf(e.getMessage()), e);
    }
  }

  private static EngineException absent(Life life, String path, Throwable cause) {
    return new EngineException(
        404, "Could not find the file " + path + " in container " + life.record().name(), cause);
  }

  private FileStat stat(Life life, String path, Place place, int directory) throws IOException {
    if (!place.name().equals(".") && linux.mode(directory, place.name()) == 0) {
      throw absent(life, path, new IOException(path));
    }
    return FileStat.of(
        Path.of("/proc/self/fd", Integer.toString(directory), place.name()), place.shown());
  }

  private void tell(Call call) throws IOException {
    Life life = life(call);
    String path = path(call);
    Place place = Place.of(path);
    at(
        life,
        path,
        place.directory(),
        directory ->
            call.respond(
                new Response(
                    200, Headers.of(STAT, stat(life, path, place, directory).header()), NOTHING)));
  }

  private void get(Call call) throws IOException {
    Life life = life(call);
    String path = path(call);
    Place place = Place.of(path);
    at(
        life,
        path,
        place.directory(),
        directory -> {
          Headers about = Headers.of(STAT, stat(life, path, place, directory).header());
          OutputStream out = call.answerStream("application/x-tar", about);
          String as = path.endsWith("/.") || place.name().equals(".") ? "." : place.name();
          ChangeArchive.write(linux, directory, place.name(), as, out, LayerLimits.DEFAULT);
          out.close(); // Only now: clients see that an answer was cut off.
        });
    life.tell("archive-path", "path", path);
  }

  private void put(Call call) throws IOException {
    Life life = life(call);
    String path = path(call);
    if (life.record().host().isTrue("ReadonlyRootfs")) {
      throw EngineException.forbidden("container rootfs is marked read-only");
    }
    at(
        life,
        path,
        Place.of(path).whole(),
        directory -> {
          try {
            new Unpacking(linux, LayerLimits.DEFAULT)
                .into(
                    call.stream(),
                    Path.of("/proc/self/fd", Integer.toString(directory)),
                    life.files().disk());
          } catch (LayerException e) {
            throw new EngineException(400, String.valueOf(e.getMessage()), e);
          }
        });
    call.empty(200);
    life.tell("extract-to-dir", "path", path);
  }
}
