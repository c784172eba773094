package io.kuber.engine;

/**
 * The engine refuses what was asked for. Its message is for people and goes to the client as it is.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * A refusal with a cause.
   *
   * @param status of HTTP
   */
  public EngineException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  private EngineException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** What was asked for is malformed (400). */
  public static EngineException malformed(String message) {
    return new EngineException(400, message);
  }

  /** What was asked for is not allowed (403). */
  public static EngineException forbidden(String message) {
    return new EngineException(403, message);
  }

  /** What it names is not there (404). */
  public static EngineException absent(String message) {
    return new EngineException(404, message);
  }

  /** The state of what it names does not allow it (409). */
  public static EngineException conflict(String message) {
    return new EngineException(409, message);
  }

  /** It could not be done (500). */
  public static EngineException failed(String message) {
    return new EngineException(500, message);
  }

  /** The status of HTTP that clients see. */
  public int status() {
    return status;
  }
}
