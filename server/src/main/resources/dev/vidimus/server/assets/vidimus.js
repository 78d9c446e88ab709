// Shows how far a submission is, without asking again by hand. Every page works without it.
"use strict";
(function () {
  const join = document.getElementById("invitation");
  if (join && location.hash.length > 1) {
    join.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  // The picture of a lineage: drawn around by hand, and searched. Without this it has scroll bars.
  const picture = document.querySelector(".lineage");
  const find = document.querySelector("[data-find-lineage]");
  if (picture && find) {
    let from = null;
    picture.addEventListener("pointerdown", function (event) {
      if (event.button === 0 && !event.target.closest("a")) {
        from = { x: event.clientX + picture.scrollLeft, y: event.clientY + picture.scrollTop };
        picture.setPointerCapture(event.pointerId);
      }
    });
    picture.addEventListener("pointermove", function (event) {
      if (from) {
        picture.scrollLeft = from.x - event.clientX;
        picture.scrollTop = from.y - event.clientY;
      }
    });
    picture.addEventListener("pointerup", function () {
      from = null;
    });
    find.addEventListener("input", function () {
      const wanted = find.value.trim().toLowerCase();
      let first = null;
      picture.querySelectorAll("[data-name]").forEach(function (box) {
        const fits = wanted !== "" && box.getAttribute("data-name").toLowerCase().includes(wanted);
        box.classList.toggle("found", fits);
        first = fits && !first ? box : first;
      });
      if (first) {
        first.scrollIntoView({ block: "nearest", inline: "center" });
      }
    });
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
