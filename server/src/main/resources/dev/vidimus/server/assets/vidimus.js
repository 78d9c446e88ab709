// Shows how far a submission is, without asking again by hand. Every page works without it.
"use strict";
(function () {
  const join = document.getElementById("invitation");
  if (join && location.hash.length > 1) {
    join.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  const list = document.querySelector("[data-submission]");
  const id = list && list.getAttribute("data-submission");
  if (!id) {
    return;
  }
  const state = list.querySelector('[data-field="state"]');
  const progress = document.querySelector('[data-field="progress"]');
  const events = new EventSource("/api/v1/submissions/" + encodeURIComponent(id) + "/events");
  events.addEventListener("submission", function (event) {
    const job = JSON.parse(event.data);
    state.textContent = job.state;
    if (job.state !== "waiting" && job.state !== "running") {
      events.close();
      location.reload();
    } else if (progress && job.expectedBytes > 0) {
      progress.textContent = job.arrivedBytes + " of " + job.expectedBytes + " bytes arrived, "
        + job.examinedBytes + " examined";
    }
  });
})();
