// Search runs in a worker, and browsers refuse workers to pages opened from a folder (file:). There a hidden frame does
// the work instead: it has what the search asks of a worker, postMessage, importScripts and message events.
if (location.protocol === "file:") {
  const inFrame = `
    window.postMessage = (data) => parent.dispatchEvent(new MessageEvent("message", { data, source: window }));
    window.importScripts = (...addresses) => addresses.reduce((before, address) => before.then(() => new Promise((done) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      document.body.appendChild(script);
    })), Promise.resolve());`;
  // By this name the search knows that it is in a frame, and where its parts lie.
  window.IFrameWorker = window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.appendChild(this.frame);
      const page = this.frame.contentWindow;
      addEventListener("message", (event) => {
        if (event.source !== page) return;
        const heard = new MessageEvent("message", { data: event.data });
        this.dispatchEvent(heard);
        if (this.onmessage) this.onmessage(heard);
      });
      this.ready = new Promise((done) => {
        page.document.open();
        page.document.write(`<body><script>${inFrame}</` + `script><script src="${address}"></` + `script></body>`);
        page.document.close();
        page.addEventListener("load", done);
      });
    }
    postMessage(data) {
      this.ready.then(() => {
        this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
      });
    }
    terminate() {
      this.frame.remove();
    }
  };
}
