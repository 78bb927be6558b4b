// The last script: the worker starts once the page is painted.
'use strict';
if (!window.lacking.length) requestAnimationFrame(() => setTimeout(boot));
