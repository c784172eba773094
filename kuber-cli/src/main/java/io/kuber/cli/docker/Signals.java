package io.kuber.cli.docker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals that this process gets. The JDK's class for them is not part of the language level, which
 * is why it is found by its name; a JDK without it takes none.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /** From now on does something for a signal such as {@code WINCH}, on a thread of the JVM. */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
    } catch (InvocationTargetException e) {
      // The JVM keeps some for itself, such as QUIT.
      LOG.debug("signal {} stays as it is: {}", name, e.getCause() + "");
    } catch (ReflectiveOperationException e) {
      LOG.debug("this JDK hands out no signals: {}", e.toString());
    }
  }
}
