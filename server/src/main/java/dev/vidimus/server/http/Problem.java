package dev.vidimus.server.http;

/// A request that is not answered as it wants, by the words of RFC 9457.
public class Problem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final String hint;

  /// @param status of HTTP; at least 400
  /// @param title the same for every problem of this kind
  /// @param detail what, where, declared against found
  /// @param hint the next step; empty if there is none
  public Problem(int status, String title, String detail, String hint) {
    super(detail);
    this.status = status;
    this.title = title;
    this.hint = hint;
  }

  /// What was asked is not understood.
  public static Problem badRequest(String detail, String hint) {
    return new Problem(400, "Bad request", detail, hint);
  }

  /// Who asks is not known.
  public static Problem unauthorized(String detail) {
    return new Problem(
        401, "Unauthorized", detail, "send Authorization: Bearer TOKEN, or sign in at /login");
  }

  /// Who asks may not do that.
  public static Problem forbidden(String detail, String hint) {
    return new Problem(403, "Forbidden", detail, hint);
  }

  /// There is no such thing.
  public static Problem notFound(String detail, String hint) {
    return new Problem(404, "Not found", detail, hint);
  }

  /// The state of things does not allow it.
  public static Problem conflict(String detail, String hint) {
    return new Problem(409, "Conflict", detail, hint);
  }

  /// More than is taken.
  public static Problem tooLarge(String detail) {
    return new Problem(413, "Content too large", detail, "");
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String hint() {
    return hint;
  }
}
